/// A review of a thing bought.
public struct Review: Equatable, Sendable {
    /// One sentence or more, some with quotes, commas and line breaks.
    public let text: String
    /// From 1, the worst, to 5.
    public let rating: Int
}
