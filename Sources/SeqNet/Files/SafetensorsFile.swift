/// A safetensors file, open for reading, every field of it checked.
///
/// The format: 8 bytes with the header's length, a JSON header that names each tensor, its
/// type, shape and place, then the tensors' bytes without gaps. See
/// https://huggingface.co/docs/safetensors.
///
/// ```swift
/// let file = try SafetensorsFile(path: "runs/a/model.safetensors")
/// let weight = try file.floats(named: "rnn.weight_hh_l0", shape: [1024, 256])
/// ```
///
/// All pointers it hands out are valid as long as the object lives, and Swift may end an
/// object's life at its last use: whoever keeps a pointer stores the object beside it (or
/// wraps the use in `withExtendedLifetime`).
///
/// Unchecked Sendable: nothing in it changes after `init`.
public final class SafetensorsFile: @unchecked Sendable {
    /// The strings under `__metadata__`.
    public let metadata: [String: String]
    /// The tensors in the order of their bytes.
    public let entries: [SafetensorsEntry]

    private let subject: String
    private let contents: FileContents
    private let dataStart: Int
    private let entriesByName: [String: SafetensorsEntry]
    /// Copies of the F32 tensors that lie at an address which is no multiple of four.
    private let alignedCopies: [String: UnsafeBufferPointer<Float>]

    /// Opens the file, checks its structure, and its checksums if it has them.
    ///
    /// - Throws: `SeqNetError(.cannotRead)`, or `.badData` that names the file, the tensor,
    ///   what was expected and what was found.
    public convenience init(path: String, access: FileAccess = .mapped) throws {
        try self.init(path: path, access: access, subject: "file '\(path)'")
        try verifyChecksums()
    }

    /// Opens the file and checks its structure, but not its checksums.
    init(path: String, access: FileAccess, subject: String) throws {
        self.subject = subject
        contents = try FileContents(path: path, access: access, subject: subject)
        let header = try SafetensorsHeader(file: contents.bytes, subject: subject)
        metadata = header.metadata
        entries = header.entries
        dataStart = header.dataStart
        entriesByName = Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0) })
        alignedCopies = Self.copyUnaligned(entries, contents.bytes, dataStart)
    }

    deinit {
        for copy in alignedCopies.values { copy.deallocate() }
    }

    private static func copyUnaligned(
        _ entries: [SafetensorsEntry], _ file: UnsafeRawBufferPointer, _ dataStart: Int
    ) -> [String: UnsafeBufferPointer<Float>] {
        var copies: [String: UnsafeBufferPointer<Float>] = [:]
        for entry in entries where entry.type == .f32 && !entry.range.isEmpty {
            let start = dataStart + entry.range.lowerBound
            // The file's first byte is aligned.
            if start % MemoryLayout<Float>.alignment == 0 { continue }
            let copy = UnsafeMutableBufferPointer<Float>.allocate(
                capacity: entry.range.count / MemoryLayout<Float>.size)
            UnsafeMutableRawBufferPointer(copy).copyMemory(
                from: UnsafeRawBufferPointer(rebasing: file[start..<start + entry.range.count]))
            copies[entry.name] = UnsafeBufferPointer(copy)
        }
        return copies
    }
}

// MARK: - Tensors

extension SafetensorsFile {
    /// The description of the tensor of that name; nil when there is none.
    public func entry(named name: String) -> SafetensorsEntry? { entriesByName[name] }

    /// The elements of an F32 tensor, row-major, valid as long as this object lives.
    ///
    /// - Parameter shape: the shape that the tensor must have.
    /// - Throws: `SeqNetError(.badData)` when there is no such tensor, or when its type or
    ///   shape is another.
    public func floats(named name: String, shape: [Int]) throws -> UnsafeBufferPointer<Float> {
        try floats(named: name, shape: shape, remedy: "name a file with tensors of that shape")
    }

    /// - Parameter remedy: how to mend a wrong shape, for the error.
    func floats(
        named name: String, shape: [Int], remedy: String
    ) throws -> UnsafeBufferPointer<Float> {
        let entry = try requiredEntry(named: name)
        guard entry.type == .f32 else {
            throw SeqNetError(
                .badData, "\(subject), tensor '\(name)': expected F32, found "
                    + "\(entry.type.rawValue); save it as F32")
        }
        guard entry.shape == shape else {
            throw SeqNetError(
                .badData, "\(subject), tensor '\(name)': expected \(shape), found "
                    + "\(entry.shape); \(remedy)")
        }
        if let copy = alignedCopies[name] { return copy }
        return bytes(of: entry).bindMemory(to: Float.self)
    }

    /// The bytes of a tensor of any type, valid as long as this object lives. They may lie at
    /// any address: read them with `loadUnaligned`.
    ///
    /// - Throws: `SeqNetError(.badData)` when there is no such tensor.
    public func bytes(named name: String) throws -> UnsafeRawBufferPointer {
        bytes(of: try requiredEntry(named: name))
    }

    private func bytes(of entry: SafetensorsEntry) -> UnsafeRawBufferPointer {
        let start = dataStart + entry.range.lowerBound
        return UnsafeRawBufferPointer(
            rebasing: contents.bytes[start..<start + entry.range.count])
    }

    private func requiredEntry(named name: String) throws -> SafetensorsEntry {
        if let entry = entriesByName[name] { return entry }
        let names = entries.prefix(5).map(\.name).joined(separator: ", ")
        let held = entries.isEmpty ? "none" : names + (entries.count > 5 ? ", …" : "")
        throw SeqNetError(
            .badData, "\(subject): has no tensor '\(name)', its tensors are: \(held); "
                + "name a file that holds it")
    }
}

// MARK: - Checksums

extension SafetensorsFile {
    /// Checks the file's bytes against the checksums in its metadata. A file without
    /// `header_checksum` is another program's, and passes: a `checksum` there may be anything.
    ///
    /// - Throws: `SeqNetError(.badData)`.
    func verifyChecksums() throws {
        guard let header = metadata[SafetensorsChecksums.headerKey] else { return }
        guard let digits = SafetensorsChecksums.digits(in: contents.bytes, before: dataStart),
            SafetensorsChecksums.ofHeader(contents.bytes, before: dataStart, digits: digits)
                .hexadecimal == header
        else { throw mismatch("header", SafetensorsChecksums.headerKey) }
        var data = CRC32C()
        data.update(UnsafeRawBufferPointer(rebasing: contents.bytes[dataStart...]))
        guard data.hexadecimal == metadata[SafetensorsChecksums.dataKey] else {
            throw mismatch("data", SafetensorsChecksums.dataKey)
        }
    }

    private func mismatch(_ part: String, _ key: String) -> SeqNetError {
        SeqNetError(
            .badData,
            "\(subject): the \(part) does not match its checksum ('\(key)'): the file is damaged, "
                + "or another program changed it; copy or download it again, or, after a change "
                + "on purpose, leave '\(SafetensorsChecksums.dataKey)' and "
                + "'\(SafetensorsChecksums.headerKey)' out of its metadata")
    }
}
