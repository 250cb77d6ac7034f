/// A JSON document, or a part of one.
///
/// Integers and other numbers are kept apart: `1` is an integer, `1.0` is not, and both are
/// written as they were read. Strings and keys are compared as UTF-8 bytes in `==`.
///
/// ```swift
/// let config: JSONValue = ["cell": "lstm", "hidden_size": 256]
/// try config.serialized()  // {"cell":"lstm","hidden_size":256}
/// ```
public enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])
    /// An object to be written, as a list of its members: its keys may be such as Swift takes for
    /// equal though their bytes differ, as those of a composed and a decomposed é do. Reading
    /// refuses them.
    case members([(key: String, value: JSONValue)])
}

// MARK: - Access

extension JSONValue {
    /// The truth value; nil when this is something else.
    public var boolValue: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The integer; nil when this is something else, `1.0` included.
    public var intValue: Int? {
        if case .integer(let value) = self { value } else { nil }
    }

    /// The number, be it written as an integer or not; nil when this is something else.
    public var doubleValue: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// The string; nil when this is something else.
    public var stringValue: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The elements; nil when this is not an array.
    public var arrayValue: [JSONValue]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The members; nil when this is not an object. Of keys that differ in their bytes alone, the
    /// first.
    public var objectValue: [String: JSONValue]? {
        switch self {
        case .object(let value): value
        case .members(let list): Dictionary(list.map { ($0, $1) }) { first, _ in first }
        default: nil
        }
    }

    /// The members in the order of their keys' bytes; nil when this is not an object.
    var sortedMembers: [(key: String, value: JSONValue)]? {
        let members: [(key: String, value: JSONValue)]
        switch self {
        case .object(let value): members = value.map { ($0.key, $0.value) }
        case .members(let list): members = list
        default: return nil
        }
        return members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    }

    /// The elements when this is an array of nothing but strings; else nil.
    public var stringsValue: [String]? {
        guard let elements = arrayValue else { return nil }
        let strings = elements.compactMap(\.stringValue)
        return strings.count == elements.count ? strings : nil
    }

    /// The member of that name; nil when there is none, or when this is not an object.
    /// Setting a member of something that is not an `object` is a programmer's mistake.
    public subscript(key: String) -> JSONValue? {
        get { objectValue?[key] }
        set {
            guard case .object(var members) = self else {
                preconditionFailure("member '\(key)' of \(typeName), which has no members")
            }
            self = .null  // so that the dictionary is not copied
            members[key] = newValue
            self = .object(members)
        }
    }

    /// What this is, in an error's words: "an integer", "an array".
    var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "a truth value"
        case .integer: "an integer"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object, .members: "an object"
        }
    }
}

// MARK: - Equality

extension JSONValue: Equatable {
    /// Whether both are the same document. Strings are compared as UTF-8 bytes, so that a
    /// composed and a decomposed é differ, and `1` differs from `1.0`.
    public static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.integer(let a), .integer(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
        case (.array(let a), .array(let b)): a == b
        case (.object, .object), (.object, .members), (.members, .object), (.members, .members):
            left.sortedMembers!.elementsEqual(right.sortedMembers!) {
                $0.key.utf8.elementsEqual($1.key.utf8) && $0.value == $1.value
            }
        default: false
        }
    }
}

// MARK: - Literals

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(nilLiteral: ()) { self = .null }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    public init(dictionaryLiteral members: (String, JSONValue)...) {
        self = .object(Dictionary(uniqueKeysWithValues: members))
    }
}
