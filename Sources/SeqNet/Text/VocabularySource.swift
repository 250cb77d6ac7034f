/// Where the vocabulary of a corpus comes from.
public enum VocabularySource: Sendable {
    /// From the tokens of the training part, within limits.
    case training(VocabularyLimits)
    /// From a model that is to be trained on.
    case model(Vocabulary)
}
