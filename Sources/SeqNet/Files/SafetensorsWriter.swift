/// Writes safetensors files that any reader of the format takes.
public enum SafetensorsWriter {
    /// The data region begins on a multiple of this many bytes, a cache line, so that the
    /// tensors of a mapped file are as well aligned as their sizes allow.
    private static let dataAlignment = 64

    /// Writes the tensors and the metadata, atomically (see ``AtomicFile``) and without a
    /// second copy of the tensors in memory.
    ///
    /// The bytes depend only on what is given, not on the order of the tensors: they are laid
    /// out by descending size of an element, so that each is aligned to its own, then by the
    /// UTF-8 bytes of their names. The keys `checksum` and `header_checksum` are
    /// added to the metadata; ``SafetensorsFile`` checks them.
    ///
    /// - Precondition: names differ, none is `__metadata__`, and the metadata lacks those keys.
    /// - Throws: `SeqNetError(.cannotWrite)` that says why and how to mend it, the old file
    ///   untouched; `.badData` when the metadata is too large for the format.
    public static func write(
        _ tensors: [SafetensorsTensor], metadata: [String: String], to path: String
    ) throws {
        precondition(
            metadata[SafetensorsChecksums.dataKey] == nil
                && metadata[SafetensorsChecksums.headerKey] == nil, "checksums are ours to write")
        let ordered = tensors.sorted { a, b in
            a.type.size != b.type.size
                ? a.type.size > b.type.size : a.name.utf8.lexicographicallyPrecedes(b.name.utf8)
        }
        var data = CRC32C()
        for tensor in ordered { data.update(tensor.bytes) }
        var metadata = metadata
        metadata[SafetensorsChecksums.dataKey] = data.hexadecimal
        metadata[SafetensorsChecksums.headerKey] = SafetensorsChecksums.placeholder
        let header = try headerBytes(ordered, metadata, path)
        try header.withUnsafeBytes { try AtomicFile.write([$0] + ordered.map(\.bytes), to: path) }
    }

    /// All before the data region: the header's length, the header, and spaces that align
    /// what follows.
    private static func headerBytes(
        _ tensors: [SafetensorsTensor], _ metadata: [String: String], _ path: String
    ) throws -> [UInt8] {
        let json = try JSONValue.object(members(tensors, metadata)).serializedBytes()
        let unpadded = SafetensorsHeader.prefixLength + json.count
        let padding = (dataAlignment - unpadded % dataAlignment) % dataAlignment
        let length = json.count + padding
        guard length <= SafetensorsHeader.greatestLength else {
            throw SeqNetError(
                .badData, "model '\(path)': its vocabulary and configuration take \(length) bytes, "
                    + "the format allows \(SafetensorsHeader.greatestLength); "
                    + "choose a smaller --vocab-size")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(unpadded + padding)
        withUnsafeBytes(of: UInt64(length).littleEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: json)
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: padding))
        let (digits, crc) = bytes.withUnsafeBytes { file in
            let digits = SafetensorsChecksums.digits(in: file, before: file.count)!
            let crc = SafetensorsChecksums.ofHeader(file, before: file.count, digits: digits)
            return (digits, crc)
        }
        bytes.replaceSubrange(digits, with: crc.hexadecimal.utf8)
        return bytes
    }

    private static func members(
        _ tensors: [SafetensorsTensor], _ metadata: [String: String]
    ) -> [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        members[SafetensorsHeader.metadataKey] = .object(metadata.mapValues { .string($0) })
        var end = 0
        for tensor in tensors {
            let start = end
            end += tensor.bytes.count
            let entry: JSONValue = [
                "dtype": .string(tensor.type.rawValue),
                "shape": .array(tensor.shape.map { .integer($0) }),
                "data_offsets": [.integer(start), .integer(end)],
            ]
            let previous = members.updateValue(entry, forKey: tensor.name)
            precondition(previous == nil, "two tensors are named '\(tensor.name)'")
        }
        return members
    }
}
