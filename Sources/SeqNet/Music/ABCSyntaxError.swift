/// A mistake in a tune's ABC: where and what.
public struct ABCSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    public let line: Int
    /// In Unicode scalars, from 1.
    public let column: Int
    public let what: String

    public var description: String { "line \(line), column \(column): \(what)" }

    /// The same as an error of a user's file.
    /// - Parameter source: what messages call the file.
    func inFile(_ source: String) -> SeqNetError { SeqNetError(.badData, "\(source), \(self)") }
}
