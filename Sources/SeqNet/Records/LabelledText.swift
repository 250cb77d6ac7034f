/// A text and what it is: a record for a classifier.
public struct LabelledText: Equatable, Sendable {
    /// Where it begins in its file, counted from 1.
    public let line: Int
    /// Without line breaks; empty when the record has no text.
    public let text: String
    public let label: String

    public init(line: Int, text: String, label: String) {
        self.line = line
        self.text = text
        self.label = label
    }

    /// A field as one line: what is read as a text has no lines.
    static func oneLine(_ field: [UInt8]) -> String {
        let bytes = field.map { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") ? UInt8(ascii: " ") : $0 }
        return String(decoding: bytes, as: UTF8.self)
    }
}
