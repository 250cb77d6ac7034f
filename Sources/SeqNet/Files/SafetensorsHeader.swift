/// The header of a safetensors file, every field of it checked.
struct SafetensorsHeader {
    /// Longer headers are refused, as the format's own library does.
    static let greatestLength = 100_000_000
    /// The bytes before the header that hold its length, a little-endian 64-bit number.
    static let prefixLength = 8
    /// The one key of the header that is not a tensor.
    static let metadataKey = "__metadata__"

    let metadata: [String: String]
    /// In the order of their bytes in the file.
    let entries: [SafetensorsEntry]
    /// Where the data region begins in the file.
    let dataStart: Int

    private static let damaged = "the file is damaged; copy or download it again"

    /// - Parameters:
    ///   - file: the whole file.
    ///   - subject: what the file is, for errors: `model 'a.safetensors'`.
    /// - Throws: `SeqNetError(.badData)`.
    init(file: UnsafeRawBufferPointer, subject: String) throws {
        let headerLength = try Self.checkedHeaderLength(file, subject)
        let dataStart = Self.prefixLength + headerLength
        let members = try Self.members(
            UnsafeRawBufferPointer(rebasing: file[Self.prefixLength..<dataStart]), subject)
        var metadata: [String: String] = [:]
        var entries: [SafetensorsEntry] = []
        for (name, value) in members {
            if name == Self.metadataKey {
                metadata = try Self.checkedMetadata(value, subject)
            } else {
                entries.append(
                    try Self.checkedEntry(name, value, "\(subject), tensor '\(name)'"))
            }
        }
        self.metadata = metadata
        self.entries = entries.sorted(by: Self.lieInOrder)
        self.dataStart = dataStart
        try Self.checkRanges(self.entries, dataLength: file.count - dataStart, subject)
    }

    /// By place; tensors without bytes that share a place, by name.
    private static func lieInOrder(_ a: SafetensorsEntry, _ b: SafetensorsEntry) -> Bool {
        let placeA = (a.range.lowerBound, a.range.upperBound)
        let placeB = (b.range.lowerBound, b.range.upperBound)
        if placeA != placeB { return placeA < placeB }
        return a.name.utf8.lexicographicallyPrecedes(b.name.utf8)
    }
}

// MARK: - The JSON text

extension SafetensorsHeader {
    private static func checkedHeaderLength(
        _ file: UnsafeRawBufferPointer, _ subject: String
    ) throws -> Int {
        if file.isEmpty {
            throw SeqNetError(.badData, "\(subject): the file is empty; copy or download it again")
        }
        let firstOfHeader = file.count > prefixLength ? file[prefixLength] : nil
        if firstOfHeader != UInt8(ascii: "{"), let found = FileSignature.explain(file) {
            throw SeqNetError(
                .badData,
                "\(subject): not a safetensors file but \(found.what); \(found.remedy)")
        }
        guard let firstOfHeader else {
            throw SeqNetError(
                .badData,
                "\(subject): the file ends within its first \(prefixLength + 1) bytes; "
                    + "copy or download it again")
        }
        let length = file.loadUnaligned(as: UInt64.self).littleEndian
        guard firstOfHeader == UInt8(ascii: "{"), length >= 2, length <= greatestLength else {
            throw SeqNetError(
                .badData,
                "\(subject): not a safetensors file, or its start is damaged; "
                    + "name a model file, or copy or download it again")
        }
        let missing = prefixLength + Int(length) - file.count
        if missing > 0 { throw endsEarly(missing, atLeast: true, subject) }
        return Int(length)
    }

    private static func members(
        _ text: UnsafeRawBufferPointer, _ subject: String
    ) throws -> [String: JSONValue] {
        let header = try JSONValue(parsing: text, subject: "\(subject), header", remedy: damaged)
        return header.objectValue ?? [:]  // it begins with "{"
    }

    private static func checkedMetadata(
        _ value: JSONValue, _ subject: String
    ) throws -> [String: String] {
        guard let members = value.objectValue else {
            throw SeqNetError(
                .badData, "\(subject), header: '\(metadataKey)' is \(value.typeName), "
                    + "expected an object; \(damaged)")
        }
        return try Dictionary(
            uniqueKeysWithValues: members.map { key, value in
                guard let string = value.stringValue else {
                    throw SeqNetError(
                        .badData, "\(subject), metadata '\(key)': expected a string, "
                            + "found \(value.typeName); \(damaged)")
                }
                return (key, string)
            })
    }

    private static func endsEarly(
        _ missing: Int, atLeast: Bool, _ subject: String
    ) -> SeqNetError {
        SeqNetError(
            .badData,
            "\(subject): the file ends \(atLeast ? "at least " : "")\(missing) bytes early; "
                + "copy or download it again")
    }
}

// MARK: - Tensors

extension SafetensorsHeader {
    private static func checkedEntry(
        _ name: String, _ value: JSONValue, _ subject: String
    ) throws -> SafetensorsEntry {
        guard let members = value.objectValue else {
            throw SeqNetError(
                .badData, "\(subject): expected an object, found \(value.typeName); \(damaged)")
        }
        let fields: Set = ["dtype", "shape", "data_offsets"]
        if let field = members.keys.sorted().first(where: { !fields.contains($0) }) {
            throw SeqNetError(.badData, "\(subject): unknown field '\(field)'; \(damaged)")
        }
        let type = try checkedType(members["dtype"], subject)
        let shape = try checkedIntegers(members["shape"], "shape", subject)
        let offsets = try checkedIntegers(members["data_offsets"], "data_offsets", subject)
        guard offsets.count == 2, offsets[0] <= offsets[1] else {
            throw SeqNetError(
                .badData, "\(subject): data_offsets \(offsets) are no range; \(damaged)")
        }
        guard let expected = type.byteCount(shape: shape) else {
            throw SeqNetError(
                .badData, "\(subject): a shape of \(shape) fits no memory; \(damaged)")
        }
        let found = offsets[1] - offsets[0]
        guard found == expected else {
            throw SeqNetError(
                .badData, "\(subject): \(shape) of \(type.rawValue) takes \(expected) bytes, "
                    + "found a range of \(found); \(damaged)")
        }
        return SafetensorsEntry(
            name: name, type: type, shape: shape, range: offsets[0]..<offsets[1])
    }

    private static func checkedType(
        _ value: JSONValue?, _ subject: String
    ) throws -> SafetensorsType {
        guard let name = value?.stringValue else {
            throw SeqNetError(.badData, "\(subject): 'dtype' is no string; \(damaged)")
        }
        guard let type = SafetensorsType(rawValue: name) else {
            throw SeqNetError(
                .badData, "\(subject): the type '\(name)' is unknown here; save it as F32")
        }
        return type
    }

    private static func checkedIntegers(
        _ value: JSONValue?, _ field: String, _ subject: String
    ) throws -> [Int] {
        guard let elements = value?.arrayValue else {
            throw SeqNetError(.badData, "\(subject): '\(field)' is no array; \(damaged)")
        }
        return try elements.map { element in
            guard let integer = element.intValue, integer >= 0 else {
                throw SeqNetError(
                    .badData, "\(subject): '\(field)' holds something other than "
                        + "non-negative integers; \(damaged)")
            }
            return integer
        }
    }

    /// The tensors must fill the data region without a gap and without an overlap.
    private static func checkRanges(
        _ entries: [SafetensorsEntry], dataLength: Int, _ subject: String
    ) throws {
        var end = 0
        for entry in entries {
            let start = entry.range.lowerBound
            guard start == end else {
                let what = start < end ? "overlaps with the tensor before it" : "leaves a gap"
                throw SeqNetError(
                    .badData, "\(subject), tensor '\(entry.name)': expected to begin at byte "
                        + "\(end) of the data, found \(start), which \(what); \(damaged)")
            }
            end = entry.range.upperBound
        }
        if end > dataLength { throw endsEarly(end - dataLength, atLeast: false, subject) }
        guard end == dataLength else {
            throw SeqNetError(
                .badData, "\(subject): the last \(dataLength - end) bytes belong to no tensor; "
                    + damaged)
        }
    }
}
