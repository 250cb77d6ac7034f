/// The text files of a training run. Each file is a text of its own, in the order given.
public struct CorpusFiles: Sendable, Equatable {
    /// Paths of the training text.
    public let training: [String]
    /// Paths of the validation text; empty when there is none, or when `split` cuts it off.
    public let validation: [String]
    /// Paths of the test text; empty when there is none, or when `split` cuts it off.
    public let test: [String]
    /// How the training text is cut; nil leaves it whole.
    public let split: Split?

    /// Names the files.
    ///
    /// - Throws: `usage` if there is no training file, or if files and split both name a
    ///   validation or a test part.
    public init(
        training: [String], validation: [String] = [], test: [String] = [], split: Split? = nil
    ) throws {
        if training.isEmpty { throw SeqNetError(.usage, "--train: needs at least one file") }
        if let split {
            let clash =
                split.hasValidation && !validation.isEmpty
                ? "--valid" : split.hasTest && !test.isEmpty ? "--test" : nil
            if let clash {
                throw SeqNetError(
                    .usage,
                    "--split \(split): cuts off a part that \(clash) names as well; leave one out")
            }
        }
        self.training = training
        self.validation = validation
        self.test = test
        self.split = split
    }
}
