/// Gives each word of a sentence a tag (many-to-many of equal length): its part of speech, or
/// whether it belongs to a name.
///
/// a word's embedding, joined with what a character-level LSTM says of its characters → recurrent
/// layers, both ways or one → softmax over the tags, or a conditional random field. A loaded model
/// is immutable: any number of threads may share it.
///
/// ```swift
/// let model = try Tagger(contentsOf: "runs/tag-ewt-1", KernelContext())
/// print(model.tag([["The", "cat", "sat"]])[0].tags)   // DET, NOUN, VERB
/// ```
public final class Tagger: Sendable {
    /// As model files name it.
    static let task = "tag"
    /// The most words of a sentence that are tagged together; a longer one is cut. No sentence of
    /// a treebank is half as long, and a file without sentences must not fill the memory.
    public static let mostWords = 512

    public let configuration: TaggerConfiguration
    public let vocabulary: WordVocabulary
    public let tagSet: TagSet
    public let parameters: ParameterBlock
    /// The one it was loaded for; another may be given to train it.
    let context: KernelContext

    public let embedding: Embedding
    public let characters: CharacterLSTM?
    public let recurrent: RecurrentStack
    private let output: TagOutput
    private let dropout: Dropout

    /// The bound of an embedding's first values: a uniform variable of variance 1, as PyTorch's
    /// normal one.
    private static let embeddingBound: Float = 1.7320508

    /// Builds a model; its parameters are zero until `parameters.initialize` or a file fills them.
    public init(
        _ configuration: TaggerConfiguration, vocabulary: WordVocabulary, tagSet: TagSet,
        _ context: KernelContext
    ) {
        self.configuration = configuration
        self.vocabulary = vocabulary
        self.tagSet = tagSet
        self.context = context
        let parameters = ParameterBlock()
        self.parameters = parameters
        embedding = Embedding(
            vocabulary: vocabulary.words.count, size: configuration.embeddingSize,
            initializer: .uniform(bound: Self.embeddingBound), in: parameters)
        characters = configuration.characters.map {
            CharacterLSTM(
                $0, vocabulary: vocabulary.characters.count, embeddingBound: Self.embeddingBound,
                in: parameters)
        }
        recurrent = RecurrentStack(
            configuration.recurrent,
            inputSize: configuration.embeddingSize + (characters?.outputSize ?? 0), in: parameters)
        output = TagOutput(
            tagSet, inputSize: recurrent.outputSize, crf: configuration.usesCRF, in: parameters)
        dropout = Dropout(rate: configuration.recurrent.dropout)
    }

    /// The states of the top layer, [rows, outputSize of the recurrent layers].
    private func hidden(_ batch: WordBatch, _ tape: Tape) -> Tensor {
        let words = embedding(batch.words, tape)
        let spelled = characters.map { $0(batch.characters, tape) }
        let x = dropout(tape.concatenated([words] + (spelled.map { [$0] } ?? [])), tape)
        return dropout(recurrent(x, batch.layout, tape).last!.output, tape)
    }

    /// The loss of the right tags, in nats; its mean over the words is what gradients are of.
    /// - Parameter targets: a learned tag for each row.
    func loss(_ batch: WordBatch, targets: [Int32], _ tape: Tape) -> Loss {
        output.loss(hidden(batch, tape), targets: targets, batch.layout, tape)
    }

    /// The likeliest learned tag of each row, and where they are wanted the probabilities of all,
    /// [rows, learned tags].
    func decode(
        _ batch: WordBatch, withProbabilities: Bool, _ tape: Tape
    ) -> (tags: [Int32], probabilities: Tensor?) {
        output.decode(
            hidden(batch, tape), batch.layout, withProbabilities: withProbabilities, tape)
    }

    /// The same, and the sum of the losses of the right tags.
    func decode(
        _ batch: WordBatch, targets: [Int32], _ tape: Tape
    ) -> (tags: [Int32], loss: Double) {
        let hidden = hidden(batch, tape)
        let tags = output.decode(hidden, batch.layout, withProbabilities: false, tape).tags
        return (tags, output.loss(hidden, targets: targets, batch.layout, tape).total)
    }
}
