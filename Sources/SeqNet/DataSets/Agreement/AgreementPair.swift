/// Two sentences that differ in the number of one verb, of which one is right.
public struct AgreementPair: Equatable, Sendable {
    /// How many words after its subject's noun the verb stands.
    public let distance: Int
    /// Whether the subject is plural.
    public let isPlural: Bool
    /// The sentence whose verb agrees.
    public let right: String
    /// The sentence whose verb does not.
    public let wrong: String

    /// Distance, right and wrong sentence, divided by tabs.
    public var line: String { "\(distance)\t\(right)\t\(wrong)" }
}
