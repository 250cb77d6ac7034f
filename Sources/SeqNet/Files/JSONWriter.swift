/// Writes JSON values as bytes; see ``JSONValue/serialized(pretty:)``.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private let pretty: Bool
    /// The keys and indices that lead to the value being written, for errors.
    private var path: [String] = []

    init(pretty: Bool) { self.pretty = pretty }

    mutating func append(_ value: JSONValue) throws {
        switch value {
        case .null: append("null")
        case .bool(let truth): append(truth ? "true" : "false")
        case .integer(let integer): append(String(integer))
        case .number(let number): try append(number)
        case .string(let string): appendQuoted(string)
        case .array(let elements): try appendArray(elements)
        case .object, .members: try appendObject(value.sortedMembers!)
        }
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func append(_ number: Double) throws {
        guard number.isFinite else {
            let place = path.isEmpty ? "the value" : "'\(path.joined(separator: "."))'"
            throw SeqNetError(
                .badData, "JSON: \(place) is \(number), which JSON cannot hold; leave it out")
        }
        append(number.description)
    }

    private mutating func appendArray(_ elements: [JSONValue]) throws {
        append("[")
        for (index, element) in elements.enumerated() {
            beginItem(isFirst: index == 0)
            path.append(String(index))
            try append(element)
            path.removeLast()
        }
        end("]", isEmpty: elements.isEmpty)
    }

    private mutating func appendObject(_ members: [(key: String, value: JSONValue)]) throws {
        append("{")
        for (index, member) in members.enumerated() {
            beginItem(isFirst: index == 0)
            appendQuoted(member.key)
            append(pretty ? ": " : ":")
            path.append(member.key)
            try append(member.value)
            path.removeLast()
        }
        end("}", isEmpty: members.isEmpty)
    }

    private mutating func beginItem(isFirst: Bool) {
        if !isFirst { append(",") }
        if pretty { beginLine(depth: path.count + 1) }
    }

    private mutating func end(_ bracket: String, isEmpty: Bool) {
        if pretty && !isEmpty { beginLine(depth: path.count) }
        append(bracket)
    }

    private mutating func beginLine(depth: Int) {
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
    }

    private mutating func appendQuoted(_ string: String) {
        var string = string
        bytes.append(UInt8(ascii: "\""))
        string.withUTF8 { utf8 in
            var start = 0  // of the bytes that are not yet written
            for index in utf8.indices where Self.mustBeEscaped(utf8[index]) {
                bytes.append(contentsOf: utf8[start..<index])
                appendEscape(utf8[index])
                start = index + 1
            }
            bytes.append(contentsOf: utf8[start...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func mustBeEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func appendEscape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append("\\\"")
        case UInt8(ascii: "\\"): append("\\\\")
        case 0x0A: append("\\n")
        case 0x0D: append("\\r")
        case 0x09: append("\\t")
        default: append((byte < 0x10 ? "\\u000" : "\\u00") + String(byte, radix: 16))
        }
    }
}
