import SeqNet

/// `predict` of a tagger.
struct TaggerPredictions {
    private let model: Tagger
    private let layout: SentenceReader.Layout
    private let json: Bool

    /// - Parameter layout: of the input.
    init(_ model: Tagger, layout: SentenceReader.Layout, json: Bool) {
        self.model = model
        self.layout = layout
        self.json = json
    }

    /// Tags the sentences of a file as they come.
    /// - Parameter path: `-` is stdin.
    func run(_ path: String) throws {
        var input = try LineReader(path: path)
        var reader = SentenceReader(source: input.name, layout: layout)
        while let lines = try input.nextLines() {
            try answer(lines.compactMap { try reader.take($0) }, areClosed: true)
        }
        if let last = reader.finish() { try answer([last], areClosed: false) }
    }

    /// - Parameter areClosed: whether a blank line comes after each sentence.
    private func answer(_ sentences: [[String]], areClosed: Bool) throws {
        // Without probabilities, tags would not tell a model that computes no numbers.
        for answer in model.tag(sentences, withProbabilities: true) {
            try ComputedNumbers.require(answer.probabilities!)
            if json {
                try Console.resultLine(try object(answer).serialized())
            } else {
                let lines = zip(answer.words, answer.tags).map { "\($0)\t\($1)\n" }.joined()
                try Console.result(lines + (areClosed ? "\n" : ""))
            }
        }
    }

    private func object(_ answer: TaggedWords) -> JSONValue {
        [
            "words": .array(answer.words.map { .string($0) }),
            "tags": .array(answer.tags.map { .string($0) }),
            "probabilities": .array(answer.probabilities!.map { .float($0) }),
        ]
    }
}
