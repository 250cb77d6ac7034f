#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension JSONValue: Codable {
    /// Decodes any JSON document. A foreign decoder cannot tell `1.0` from `1`: both become
    /// integers here; ``init(parsing:subject:remedy:)`` keeps them apart.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        case .members(let list):
            let object = objectValue!
            precondition(object.count == list.count, "keys that are equal to Swift cannot be encoded")
            try container.encode(object)
        }
    }
}

extension JSONValue {
    /// The JSON form of any encodable value.
    ///
    /// - Throws: `SeqNetError(.badData)` when it holds a NaN or an infinity.
    public init(encoding value: some Encodable) throws {
        let data: Data
        do {
            data = try JSONEncoder().encode(value)
        } catch EncodingError.invalidValue(let part, let context) {
            let place = Self.place(context.codingPath)
            throw SeqNetError(
                .badData, "JSON: \(place) is \(part), which JSON cannot hold; leave it out")
        }
        self = try data.withUnsafeBytes { try JSONValue(parsing: $0, subject: "JSON") }
    }

    /// The value of a decodable type that this document describes.
    ///
    /// - Parameters:
    ///   - type: the type.
    ///   - subject: what the document is, for errors: `config 'runs/a/config.json'`.
    /// - Throws: `SeqNetError(.badData)` that names the member that is missing or wrong.
    public func decoded<Value: Decodable>(
        as type: Value.Type = Value.self, subject: String
    ) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(try serializedBytes()))
        } catch let error as DecodingError {
            throw SeqNetError(.badData, "\(subject): \(Self.explain(error)); correct it there")
        }
    }

    private static func explain(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context):
            "\(place(context.codingPath + [key])) is missing"
        case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
            "\(place(context.codingPath)) should be of type \(type)"
        case .dataCorrupted(let context):
            "\(place(context.codingPath)): \(context.debugDescription)"
        @unknown default: "\(error)"
        }
    }

    private static func place(_ path: [any CodingKey]) -> String {
        if path.isEmpty { return "the value" }
        return "'" + path.map { $0.intValue.map(String.init) ?? $0.stringValue }
            .joined(separator: ".") + "'"
    }
}
