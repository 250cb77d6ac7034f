/// Compressed files, known by their first bytes, which are never text to learn from.
public enum CompressedFormat: String, Sendable, CaseIterable {
    case gzip, zstd, xz, bzip2, zip

    /// As many first bytes of a file as `init(startOf:)` looks at.
    public static let longestSignature = 10

    /// The format that a file with these first bytes has; nil for anything else.
    public init?(startOf bytes: some Collection<UInt8>) {
        // bzip2: "BZh", the block size 1 … 9, then the mark of a block or of the end.
        let isBzip2 =
            bytes.starts(with: Array("BZh".utf8))
            && bytes.dropFirst(3).first.map { (0x31...0x39).contains($0) } == true
            && (bytes.dropFirst(4).starts(with: [0x31, 0x41, 0x59, 0x26, 0x53, 0x59])
                || bytes.dropFirst(4).starts(with: [0x17, 0x72, 0x45, 0x38, 0x50, 0x90]))
        let signatures: [(CompressedFormat, [UInt8])] = [
            (.gzip, [0x1F, 0x8B]),
            (.zstd, [0x28, 0xB5, 0x2F, 0xFD]),
            (.xz, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]),
            (.zip, [0x50, 0x4B, 0x03, 0x04]),
            (.zip, [0x50, 0x4B, 0x05, 0x06]),
        ]
        if isBzip2 {
            self = .bzip2
        } else if let found = signatures.first(where: { bytes.starts(with: $0.1) }) {
            self = found.0
        } else {
            return nil
        }
    }

    /// The shell command that unpacks such a file.
    public func unpackCommand(for path: String) -> String {
        switch self {
        case .gzip: "gunzip -k '\(path)'"
        case .zstd: "unzstd '\(path)'"
        case .xz: "unxz -k '\(path)'"
        case .bzip2: "bunzip2 -k '\(path)'"
        case .zip: "unzip '\(path)'"
        }
    }
}
