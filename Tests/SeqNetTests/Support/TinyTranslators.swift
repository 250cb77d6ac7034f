@testable import SeqNet

extension Tiny {
    /// A vocabulary of words w0, w1, … after `<eos>` and `<unk>`.
    static func words(count: Int) throws -> Vocabulary {
        try words((0..<count - 2).map { "w\($0)" })
    }

    /// A translator with values in [-scale, scale), packed.
    static func translator(
        _ context: KernelContext, cell: Cell = .gru(), hiddenSize: Int = 6, layers: Int = 1,
        bidirectional: Bool = true, dropout: Float = 0, embeddingSize: Int = 4,
        attention: AttentionKind = .dot, feeds: Bool = false, samplingRate: Float = 0,
        tied: Bool = false, sourceWords: Int = 9, targetWords: Int = 7, recurrentDropout: Float = 0,
        seed: UInt64 = 1, scale: Float = 1
    ) throws -> Translator {
        let model = Translator(
            try TranslatorConfiguration(
                RecurrentConfiguration(
                    cell: cell, hiddenSize: hiddenSize, layers: layers,
                    bidirectional: bidirectional, dropout: dropout,
                    recurrentDropout: recurrentDropout),
                embeddingSize: embeddingSize, attention: attention, feedsInput: feeds,
                samplingRate: samplingRate, tiesEmbeddings: tied,
                tokenizer: Tokenizer(kind: .words)),
            sourceVocabulary: try words(count: sourceWords),
            targetVocabulary: try words(count: targetWords), context)
        model.parameters.fill(seed: seed, scale: scale, context)
        return model
    }

    /// Pairs of random sentences of these lengths, each closed by token 0.
    static func pairs(
        _ lengths: [(source: Int, target: Int)], sourceWords: Int = 9, targetWords: Int = 7,
        seed: UInt64 = 1
    ) -> (sources: [[Int32]], targets: [[Int32]]) {
        var random = Random(seed: seed, stream: 5)
        func sentence(_ length: Int, _ words: Int) -> [Int32] {
            random.ids(length - 1, below: words - 1).map { $0 + 1 } + [0]
        }
        let pairs = lengths.map { (sentence($0.source, sourceWords), sentence($0.target, targetWords)) }
        return (pairs.map(\.0), pairs.map(\.1))
    }
}

extension TranslationBatch {
    /// All of some pairs.
    init(_ sources: [[Int32]], _ targets: [[Int32]]) {
        self.init(
            TokenSequences(sources), TokenSequences(targets), Array(sources.indices), start: 0)
    }
}

extension TokenSequences {
    init(_ sequences: [[Int32]]) {
        self.init()
        for sequence in sequences { append(sequence) }
    }
}
