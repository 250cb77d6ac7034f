#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A recursive-descent parser of JSON over bytes that it checks to be UTF-8.
struct JSONParser {
    /// Deeper nesting is refused, so that a hostile file cannot exhaust the stack.
    static let greatestDepth = 128

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var depth = 0

    /// - Throws: `JSONSyntaxError` when the bytes are not valid UTF-8.
    init(_ raw: UnsafeRawBufferPointer) throws {
        bytes = raw.bindMemory(to: UInt8.self)
        try Self.requireUTF8(bytes)
        if bytes.starts(with: ByteOrderMark.utf8) { position = ByteOrderMark.utf8.count }
    }

    /// Parses the whole of the bytes as one value.
    mutating func parseDocument() throws -> JSONValue {
        let value = try parseValue()
        skipWhitespace()
        if position < bytes.count { throw mistake("expected the end, found \(found)") }
        return value
    }

    /// Decoding repairs what is not UTF-8, so valid bytes are those that come out the same.
    private static func requireUTF8(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        guard let start = bytes.baseAddress else { return }
        var decoded = String(decoding: bytes, as: UTF8.self)
        try decoded.withUTF8 { repaired in
            if repaired.count == bytes.count,
                memcmp(repaired.baseAddress!, start, bytes.count) == 0
            {
                return
            }
            let offset = zip(repaired, bytes).prefix { $0 == $1 }.count
            throw JSONSyntaxError(offset: offset, what: "the text is not UTF-8")
        }
    }
}

// MARK: - Values

extension JSONParser {
    private mutating func parseValue() throws -> JSONValue {
        skipWhitespace()
        switch current {
        case UInt8(ascii: "{"): return try nested { try $0.parseObject() }
        case UInt8(ascii: "["): return try nested { try $0.parseArray() }
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "t"): return try parseWord("true", .bool(true))
        case UInt8(ascii: "f"): return try parseWord("false", .bool(false))
        case UInt8(ascii: "n"): return try parseWord("null", .null)
        case UInt8(ascii: "-"), .some(UInt8(ascii: "0")...UInt8(ascii: "9")):
            return try parseNumber()
        default: throw mistake("expected a value, found \(found)")
        }
    }

    private mutating func nested(
        _ parse: (inout JSONParser) throws -> JSONValue
    ) throws -> JSONValue {
        guard depth < Self.greatestDepth else {
            throw mistake("nested deeper than \(Self.greatestDepth) levels")
        }
        depth += 1
        defer { depth -= 1 }
        position += 1  // the bracket
        return try parse(&self)
    }

    private mutating func parseObject() throws -> JSONValue {
        var members: [String: JSONValue] = [:]
        skipWhitespace()
        if take("}") { return .object(members) }
        repeat {
            skipWhitespace()
            let keyPosition = position
            guard current == UInt8(ascii: "\"") else {
                throw mistake("expected a key in quotes, found \(found)")
            }
            let key = try parseString()
            skipWhitespace()
            guard take(":") else { throw mistake("expected ':' after a key, found \(found)") }
            let value = try parseValue()
            guard members.updateValue(value, forKey: key) == nil else {
                throw JSONSyntaxError(offset: keyPosition, what: "the key '\(key)' stands twice")
            }
            skipWhitespace()
        } while take(",")
        guard take("}") else { throw mistake("expected ',' or '}', found \(found)") }
        return .object(members)
    }

    private mutating func parseArray() throws -> JSONValue {
        var elements: [JSONValue] = []
        skipWhitespace()
        if take("]") { return .array(elements) }
        repeat {
            elements.append(try parseValue())
            skipWhitespace()
        } while take(",")
        guard take("]") else { throw mistake("expected ',' or ']', found \(found)") }
        return .array(elements)
    }

    private mutating func parseWord(_ word: StaticString, _ value: JSONValue) throws -> JSONValue {
        let letters = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard bytes[position...].starts(with: letters) else {
            throw mistake("expected a value, found an unknown word")
        }
        position += letters.count
        return value
    }
}

// MARK: - Numbers

extension JSONParser {
    private mutating func parseNumber() throws -> JSONValue {
        let start = position
        _ = take("-")
        if !take("0") { try takeDigits() }
        if let digit = current, isDigit(digit) { throw mistake("a number begins with 0") }
        var isInteger = true
        if take(".") {
            isInteger = false
            try takeDigits()
        }
        if take("e") || take("E") {
            isInteger = false
            if !take("+") { _ = take("-") }
            try takeDigits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isInteger {
            guard let value = Int(text) else {
                throw JSONSyntaxError(offset: start, what: "the integer does not fit 64 bits")
            }
            return .integer(value)
        }
        guard let value = Double(text), value.isFinite else {
            throw JSONSyntaxError(offset: start, what: "the number is too large")
        }
        return .number(value)
    }

    private mutating func takeDigits() throws {
        guard let first = current, isDigit(first) else {
            throw mistake("expected a digit, found \(found)")
        }
        while let digit = current, isDigit(digit) { position += 1 }
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

// MARK: - Strings

extension JSONParser {
    /// Parses a string from its opening to its closing quote.
    private mutating func parseString() throws -> String {
        let start = position
        position += 1
        let plain = takePlainBytes()
        if take("\"") { return String(decoding: plain, as: UTF8.self) }
        var unescaped = Array(plain)
        while true {
            switch current {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: unescaped, as: UTF8.self)
            case UInt8(ascii: "\\"):
                position += 1
                try parseEscape(into: &unescaped)
            case nil:
                throw JSONSyntaxError(offset: start, what: "the string has no closing quote")
            default:
                throw mistake("a control character in a string must be escaped")
            }
            unescaped.append(contentsOf: takePlainBytes())
        }
    }

    /// Takes the bytes up to the next quote, backslash or control character.
    private mutating func takePlainBytes() -> Slice<UnsafeBufferPointer<UInt8>> {
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
            position += 1
        }
        return bytes[start..<position]
    }

    private mutating func parseEscape(into unescaped: inout [UInt8]) throws {
        guard let escape = current else { throw mistake("expected an escape, found the end") }
        position += 1
        switch escape {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(escape)
        case UInt8(ascii: "b"): unescaped.append(0x08)
        case UInt8(ascii: "f"): unescaped.append(0x0C)
        case UInt8(ascii: "n"): unescaped.append(0x0A)
        case UInt8(ascii: "r"): unescaped.append(0x0D)
        case UInt8(ascii: "t"): unescaped.append(0x09)
        case UInt8(ascii: "u"):
            unescaped.append(contentsOf: Array(String(try parseUnicodeEscape()).utf8))
        default:
            position -= 1
            throw mistake("unknown escape \(found)")
        }
    }

    /// Parses the digits after `\u`, and a second escape when the first is half of a pair.
    private mutating func parseUnicodeEscape() throws -> Unicode.Scalar {
        let start = position
        let first = try parseHexadecimal()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, take("\\"), take("u") else {
            throw JSONSyntaxError(offset: start, what: "half of a surrogate pair")
        }
        let second = try parseHexadecimal()
        guard (0xDC00...0xDFFF).contains(second) else {
            throw JSONSyntaxError(offset: start, what: "half of a surrogate pair")
        }
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))!
    }

    private mutating func parseHexadecimal() throws -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue
            else { throw mistake("expected four hexadecimal digits, found \(found)") }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }
}

// MARK: - Bytes

extension JSONParser {
    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard current == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipWhitespace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }

    /// The byte at the position, in an error's words.
    private var found: String {
        guard let byte = current else { return "the end" }
        guard (0x21..<0x7F).contains(byte) else { return "byte \(byte)" }
        return "'\(Unicode.Scalar(byte))'"
    }

    private func mistake(_ what: String) -> JSONSyntaxError {
        JSONSyntaxError(offset: position, what: what)
    }
}
