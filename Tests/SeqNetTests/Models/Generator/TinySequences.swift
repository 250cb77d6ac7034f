@testable import SeqNet

/// Counting up or down from a digit: what follows depends on the label throughout.
enum TinySequences {
    static let labels = ["down", "up"]

    static func records(_ count: Int, seed: UInt64 = 1) -> [ConditionedText] {
        var random = Random(seed: seed, stream: 0)
        return (0..<count).map { line in
            let label = random.element(of: labels), first = random.integer(below: 10)
            let length = 3 + random.integer(below: 5)
            let digits = (0..<length).map { (first + (label == "up" ? $0 : 10 * length - $0)) % 10 }
            return ConditionedText(
                label: label, text: digits.map(String.init).joined(), place: "text 'made', line \(line + 1)")
        }
    }

    /// The records as TSV; `vectors` writes 1,0 for up and 0,1 for down.
    static func tsv(_ records: [ConditionedText], vectors: Bool = false) -> String {
        records.map { record in
            let label = vectors ? (record.label == "up" ? "1,0" : "0,1") : record.label
            return "\(label)\t\(record.text)\n"
        }.joined()
    }

    static func corpus(
        _ count: Int, in folder: TemporaryFolder, vectors: Bool = false
    ) throws -> GeneratorCorpus {
        let path = try folder.write(tsv(records(count), vectors: vectors), to: "sequences.tsv")
        return try GeneratorCorpus(
            CorpusFiles(training: [path], split: .fractions(train: 0.8, validation: 0.1, test: 0.1)),
            label: .fileName, tokenizer: Tokenizer(kind: .characters),
            source: .training(VocabularyLimits()), seed: 1)
    }

    /// A model of random weights over that corpus.
    static func model(
        _ corpus: GeneratorCorpus, _ context: KernelContext, cell: Cell = .lstm, layers: Int = 2,
        condition: ConditionMode = .initial, hiddenSize: Int = 12, dropout: Float = 0
    ) throws -> Generator {
        let model = Generator(
            try GeneratorConfiguration(
                RecurrentConfiguration(
                    cell: cell, hiddenSize: hiddenSize, layers: layers, dropout: dropout),
                embeddingSize: 6, condition: condition, tokenizer: Tokenizer(kind: .characters)),
            vocabulary: corpus.vocabulary, conditions: corpus.conditions)
        model.parameters.initialize(seed: 1, context)
        model.parameters.pack(context, backward: false)
        return model
    }
}
