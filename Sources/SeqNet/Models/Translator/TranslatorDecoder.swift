/// Writes the target token by token: embedding → recurrent layers → attention over the source →
/// softmax over the vocabulary.
///
/// The token after state h is predicted from a = tanh(W [c; h] + b), where c is the context that
/// attention gives (Luong et al. 2015), or from h itself where there is no attention.
public final class TranslatorDecoder: Sendable {
    public let embedding: Embedding
    public let recurrent: RecurrentStack
    public let attention: Attention?
    public let output: SoftmaxOutput
    private let combination: Linear?
    private let dropout: Dropout
    private let feedsInput: Bool
    private let samplingRate: Float

    /// What one step leaves for the next.
    struct Step {
        /// a of each row.
        let output: Tensor
        let states: [LayerState]
        let attention: AttentionPass?
    }

    init(
        _ configuration: TranslatorConfiguration, memorySize: Int, vocabulary: Int,
        in block: ParameterBlock
    ) {
        let network = configuration.recurrent, size = network.hiddenSize
        feedsInput = configuration.feedsInput
        samplingRate = configuration.samplingRate
        dropout = Dropout(rate: network.dropout)
        embedding = Embedding(
            vocabulary: vocabulary, size: configuration.embeddingSize,
            initializer: Translator.embeddingInitializer, name: "decoder.embedding.weight",
            in: block)
        recurrent = RecurrentStack(
            network.cell, inputSize: configuration.embeddingSize + (feedsInput ? size : 0),
            hiddenSize: size, layers: network.layers, dropout: network.dropout,
            recurrentDropout: network.recurrentDropout, prefix: "decoder.rnn.", in: block)
        if configuration.attention == .none {
            attention = nil
            combination = nil
        } else {
            attention = Attention(
                configuration.attention, querySize: size, memorySize: memorySize,
                prefix: "decoder.attention.", in: block)
            combination = Linear(
                inputSize: memorySize + size, outputSize: size, prefix: "decoder.combination.",
                in: block)
        }
        output =
            configuration.tiesEmbeddings
            ? SoftmaxOutput(tiedTo: embedding, in: block)
            : SoftmaxOutput(inputSize: size, vocabulary: vocabulary, in: block)
    }

    /// The vector by which each row's token is predicted, [rows, hiddenSize].
    ///
    /// Without feedback all steps of a layer are one operation; else they run one by one.
    /// - Parameters:
    ///   - inputs: the token before, for each row of the targets.
    ///   - layout: of targets and sources.
    func outputs(
        _ inputs: [Int32], _ layout: AttentionLayout, _ source: EncodedSource, _ tape: Tape
    ) -> Tensor {
        let samples = tape.isTraining && samplingRate > 0
        if feedsInput || samples {
            return unrolledOutputs(inputs, layout, source, samples: samples, tape)
        }
        let passes = recurrent(
            inputs, embeddedBy: embedding, dropout, layout.queries, initial: source.states, tape)
        return attend(passes.last!.output, layout, source.memory, tape).output
    }

    /// The same step by step.
    func unrolledOutputs(
        _ inputs: [Int32], _ layout: AttentionLayout, _ source: EncodedSource, samples: Bool,
        _ tape: Tape
    ) -> Tensor {
        let batch = layout.queries
        var states = source.states
        var last = zeros(rows: batch.sequences, tape)
        let given = samples ? nil : dropout(embedding(inputs, tape), tape)
        let sampling = samples ? TokenSampling(output, rate: samplingRate, batch, tape) : nil
        return tape.unrolled(batch) { number, stepBatch in
            let rows = batch.firstRow(of: number)..<batch.firstRow(of: number + 1)
            var tokens = Array(inputs[rows])
            if number > 0 { sampling?.replaceSome(of: &tokens, by: last) }
            let stepLayout = AttentionLayout(
                queries: stepBatch, keys: layout.keys, sources: Array(layout.sources[..<rows.count]))
            let result = step(
                given?.rows(rows) ?? dropout(embedding(tokens, tape), tape),
                after: last.rows(0..<rows.count), states.map { $0.prefix(rows.count) }, stepLayout,
                source.memory, tape)
            states = result.states
            last = result.output
            return result.output
        }
    }

    /// One step of several sequences.
    /// - Parameters:
    ///   - x: embeddings of the tokens before.
    ///   - last: a of the step before.
    ///   - layout: one row of queries for each sequence.
    func step(
        _ x: Tensor, after last: Tensor, _ states: [LayerState], _ layout: AttentionLayout,
        _ memory: AttentionMemory?, _ tape: Tape
    ) -> Step {
        let input = feedsInput ? tape.concatenated([x, last]) : x
        let passes = recurrent(input, layout.queries, initial: states, tape)
        let (output, attention) = attend(passes.last!.output, layout, memory, tape)
        return Step(output: output, states: passes.map(\.final), attention: attention)
    }

    /// a of each state h.
    private func attend(
        _ h: Tensor, _ layout: AttentionLayout, _ memory: AttentionMemory?, _ tape: Tape
    ) -> (output: Tensor, attention: AttentionPass?) {
        guard let attention, let combination, let memory else { return (dropout(h, tape), nil) }
        let pass = attention(h, over: memory, layout, tape)
        let a = tape.tanh(combination(tape.concatenated([pass.context, h]), tape))
        return (dropout(a, tape), pass)
    }

    /// What stands for a before the first step.
    func zeros(rows: Int, _ tape: Tape) -> Tensor {
        let columns = recurrent.hiddenSize
        return tape.tensor([Float](repeating: 0, count: rows * columns), columns: columns)
    }
}
