@testable import SeqNet

/// Small vocabularies and models with random weights.
enum Tiny {
    /// A newline, `<unk>` and the first letters.
    static func characters(_ count: Int = 11) throws -> Vocabulary {
        let letters = (0..<count - 2).map { String(Unicode.Scalar(UInt8(ascii: "a") + UInt8($0))) }
        return try Vocabulary(kind: .characters, tokens: ["\n", "<unk>"] + letters, source: "test")
    }

    static func words(_ words: [String]) throws -> Vocabulary {
        try Vocabulary(kind: .words, tokens: ["<eos>", "<unk>"] + words, source: "test")
    }

    /// A model with values in [-scale, scale), packed.
    static func model(
        _ vocabulary: Vocabulary, _ context: KernelContext, cell: Cell = .lstm,
        hiddenSize: Int = 12, layers: Int = 1, embeddingSize: Int = 6, dropout: Float = 0,
        tied: Bool = false, seed: UInt64 = 1, scale: Float = 1
    ) throws -> LanguageModel {
        let model = LanguageModel(
            try LanguageModelConfiguration(
                RecurrentConfiguration(
                    cell: cell, hiddenSize: hiddenSize, layers: layers, dropout: dropout),
                embeddingSize: embeddingSize, tieWeights: tied,
                tokenizer: Tokenizer(kind: vocabulary.kind)),
            vocabulary: vocabulary)
        model.parameters.fill(seed: seed, scale: scale, context)
        return model
    }
}

extension LanguageModel {
    /// The values of a parameter.
    func buffer(_ name: String) -> UnsafeMutableBufferPointer<Float> {
        parameters.parameters.first { $0.name == name }!.buffer
    }
}
