/// Two lines that differ in one point, of which one is right.
public struct MinimalPair: Equatable, Sendable {
    /// What the pair is counted under, such as the distance of a dependency.
    public let group: String
    public let right: String
    public let wrong: String

    public init(group: String, right: String, wrong: String) {
        self.group = group
        self.right = right
        self.wrong = wrong
    }
}
