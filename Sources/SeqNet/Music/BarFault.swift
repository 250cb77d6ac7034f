/// A bar that does not last as long as the metre says.
public struct BarFault: Hashable, Sendable, CustomStringConvertible {
    /// The number of the bar, from 1, a pickup counted.
    public let bar: Int
    /// The line on which it begins.
    public let line: Int
    public let found: NoteLength
    public let expected: NoteLength

    public var description: String { "line \(line), bar \(bar): lasts \(found), expected \(expected)" }
}
