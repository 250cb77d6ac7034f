@testable import SeqNet

/// Short texts whose label needs their order: "not good" is bad.
enum TinyReviews {
    static let labels = ["1", "3", "5"]

    static func records(_ count: Int, seed: UInt64 = 1) -> [LabelledText] {
        var random = Random(seed: seed, stream: 0)
        return (0..<count).map { line in
            let isNegated = random.integer(below: 2) == 0
            let word = random.element(of: ["good", "bad", "fair"])
            let filler = (0..<random.integer(below: 6)).map { _ in random.element(of: ["the", "dress", "is"]) }
            let label =
                switch word {
                case "good": isNegated ? "1" : "5"
                case "bad": isNegated ? "5" : "1"
                default: "3"
                }
            let words = filler + (isNegated ? ["not"] : []) + [word] + filler.reversed()
            return LabelledText(line: line + 2, text: words.joined(separator: " "), label: label)
        }
    }

    /// The records as CSV with the columns `text` and `label`.
    static func csv(_ records: [LabelledText]) -> String {
        "text,label\n" + records.map { "\"\($0.text)\",\($0.label)\n" }.joined()
    }

    /// A corpus of its records.
    static func corpus(_ count: Int, in folder: TemporaryFolder) throws -> ClassifierCorpus {
        let path = try folder.write(csv(records(count)), to: "reviews.csv")
        return try ClassifierCorpus(
            CorpusFiles(
                training: [path], split: .fractions(train: 0.8, validation: 0.1, test: 0.1)),
            columns: TextColumns(), tokenizer: Tokenizer(kind: .words),
            source: .training(VocabularyLimits()), seed: 1)
    }

    /// A model of random weights over that corpus.
    static func model(
        _ corpus: ClassifierCorpus, _ context: KernelContext, pooling: PoolingKind = .max,
        cell: Cell = .lstm, dropout: Float = 0, bidirectional: Bool = true, seed: UInt64 = 1
    ) throws -> Classifier {
        let model = Classifier(
            try ClassifierConfiguration(
                RecurrentConfiguration(
                    cell: cell, hiddenSize: 9, layers: 2, bidirectional: bidirectional,
                    dropout: dropout),
                embeddingSize: 7, pooling: pooling, tokenizer: Tokenizer(kind: .words)),
            vocabulary: corpus.vocabulary, labels: corpus.labels, context)
        model.parameters.initialize(seed: seed, context)
        model.parameters.pack(context, backward: false)
        return model
    }
}
