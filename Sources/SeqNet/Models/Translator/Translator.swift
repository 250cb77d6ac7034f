/// Translates a sequence into another one (many-to-many, of different lengths).
///
/// An encoder reads the source, both ways or one; its final states, by way of a bridge, begin the
/// decoder, which writes the target with attention to the encoder's states. A loaded model is
/// immutable: any number of threads may share it.
public final class Translator: Sendable {
    /// As model files name it.
    static let task = "translate"

    /// The most tokens of a source or a target, the closing one left out; a longer one is cut. Time
    /// and memory grow with the square of it, for every target token looks at every source token.
    public static func mostTokens(of kind: TokenKind) -> Int { kind == .words ? 512 : 1024 }

    public let configuration: TranslatorConfiguration
    public let sourceVocabulary: Vocabulary
    public let targetVocabulary: Vocabulary
    /// Where the target's running text has white space.
    public let detokenization: DetokenizationRules
    public let parameters: ParameterBlock
    /// The one it was loaded for; another may be given to train it.
    let context: KernelContext

    public let encoder: TranslatorEncoder
    public let bridge: StateBridge
    public let decoder: TranslatorDecoder

    /// A uniform variable of variance 1, as PyTorch's normal one.
    static let embeddingInitializer = Initializer.uniform(bound: 1.7320508)

    /// Builds a model; its parameters are zero until `parameters.initialize` or a file fills them.
    public init(
        _ configuration: TranslatorConfiguration, sourceVocabulary: Vocabulary,
        targetVocabulary: Vocabulary,
        detokenization: DetokenizationRules = DetokenizationRules(learnedFrom: []),
        _ context: KernelContext
    ) {
        self.configuration = configuration
        self.sourceVocabulary = sourceVocabulary
        self.targetVocabulary = targetVocabulary
        self.detokenization = detokenization
        self.context = context
        parameters = ParameterBlock()
        encoder = TranslatorEncoder(
            configuration, vocabulary: sourceVocabulary.count, in: parameters)
        bridge = StateBridge(
            from: encoder.recurrent, hiddenSize: configuration.recurrent.hiddenSize,
            prefix: "bridge.", in: parameters)
        decoder = TranslatorDecoder(
            configuration, memorySize: encoder.recurrent.outputSize,
            vocabulary: targetVocabulary.count, in: parameters)
    }

    /// Reads the sources.
    /// - Parameters:
    ///   - tokens: of each row of the batch.
    ///   - order: for each of the decoder's sequences, its source's place in the batch.
    func encode(
        _ tokens: [Int32], _ batch: PackedBatch, order: [Int], _ tape: Tape
    ) -> EncodedSource {
        let passes = encoder(tokens, batch, tape)
        return EncodedSource(
            memory: decoder.attention?.memory(passes.last!.output, tape),
            states: bridge(passes, order: order.map { Int32($0) }, tape))
    }

    /// The cross-entropy of each target token, in nats.
    func loss(_ batch: TranslationBatch, _ tape: Tape) -> Loss {
        let layout = batch.layout
        let source = encode(batch.sources, layout.keys, order: layout.sources, tape)
        let outputs = decoder.outputs(batch.inputs, layout, source, tape)
        return decoder.output.loss(outputs, targets: batch.targets, tape)
    }
}
