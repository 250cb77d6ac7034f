@testable import SeqNet

/// Sentences with names of persons and places. A name is told by its capital from other words, of
/// which many are new as well, and its kind by the word before it.
enum TinyNames {
    static func sentences(_ count: Int, seed: UInt64 = 1) -> [TaggedSentence] {
        var random = Random(seed: seed, stream: 0)
        func word(_ first: [String]) -> String {
            let characters = (0..<2 + random.integer(below: 3)).map { _ in
                random.element(of: ["a", "e", "k", "l", "o", "r", "t"])
            }
            return random.element(of: first) + characters.joined()
        }
        func name() -> String { word(["A", "K", "L", "T"]) }
        return (0..<count).map { line in
            var words: [String] = [], tags: [String] = []
            func say(_ word: String, _ tag: String = "O") {
                words.append(word)
                tags.append(tag)
            }
            for _ in 0...random.integer(below: 3) {
                if random.integer(below: 2) == 0 {
                    say("in")
                    say(name(), "B-LOC")
                } else {
                    say("by")
                    for part in 0...random.integer(below: 3) {
                        say(name(), part == 0 ? "B-PER" : "I-PER")
                    }
                }
                if random.integer(below: 2) == 0 { say(word(["a", "k", "l", "t"])) }
            }
            return TaggedSentence(source: "names", line: line, words: words, tags: tags)
        }
    }

    /// Sentences as column CoNLL.
    static func text(_ sentences: [TaggedSentence]) -> String {
        sentences.map { sentence in
            zip(sentence.words, sentence.tags).map { "\($0)\t\($1)\n" }.joined()
        }.joined(separator: "\n")
    }

    static func corpus(_ count: Int, in folder: TemporaryFolder) throws -> TaggerCorpus {
        let path = try folder.write(text(sentences(count)), to: "names.conll")
        return try TaggerCorpus(
            CorpusFiles(
                training: [path], split: .fractions(train: 0.8, validation: 0.1, test: 0.1)),
            source: .training(VocabularyLimits(minimumCount: 2), lowercase: true), seed: 1)
    }

    /// A model of random weights over that corpus.
    static func model(
        _ corpus: TaggerCorpus, _ context: KernelContext, characters: Bool = true, crf: Bool = false,
        cell: Cell = .lstm, dropout: Float = 0, bidirectional: Bool = true, seed: UInt64 = 1
    ) throws -> Tagger {
        let model = Tagger(
            try TaggerConfiguration(
                RecurrentConfiguration(
                    cell: cell, hiddenSize: 9, layers: 2, bidirectional: bidirectional,
                    dropout: dropout),
                embeddingSize: 7,
                characters: characters ? .init(embeddingSize: 5, hiddenSize: 6) : nil, crf: crf,
                lowercaseWords: true),
            vocabulary: corpus.vocabulary, tagSet: corpus.tagSet, context)
        model.parameters.initialize(seed: seed, context)
        model.parameters.pack(context, backward: false)
        return model
    }
}
