/// English sentences from a seeded phrase grammar, in which a verb must agree in number with a
/// subject that stands 1 to 20 words earlier:
///
/// ```
/// the cat , which chased the birds , was hungry .
/// the cats , which chased the birds , were hungry .
/// ```
///
/// All that stands between subject and verb is drawn without regard to the subject's number,
/// and nothing in it agrees with the subject: only the noun tells the number. Nouns in between
/// are singular or plural at random. So a model that gets the verb right has remembered the
/// noun.
///
/// The sentences are lower case, their words divided by one blank; commas and the full stop
/// are words. A distance counts words: 1 when the verb follows the noun. Half of the training
/// sentences have a distance of 1 to 5, as most sentences of a language have; the others have
/// every distance equally often. Both numbers are equally likely. The pairs depend on the seed
/// alone.
public struct AgreementDataSet: GeneratedDataSet {
    /// The greatest number of words from a subject's noun to its verb.
    public static let greatestDistance = AgreementGrammar.greatestDistance
    /// Half of the training sentences have at most this distance.
    private static let greatestShortDistance = 5
    /// Pairs of each distance, half of them with a plural subject.
    public static let pairsPerDistance = 100
    /// The greatest number of training sentences: all are held in memory.
    public static let greatestSize = 10_000_000
    public static let defaultSize = 20_000

    /// Sentences, none of which occurs twice.
    public let parts: DataSetParts<String>
    /// Minimal pairs, by ascending distance. Neither sentence of a pair is in the other parts.
    public let pairs: [AgreementPair]

    /// Draws a data set with `size` training sentences.
    /// - Throws: `SeqNetError(.usage)` when `size` is not in 1 … ``greatestSize``.
    public init(size: Int = defaultSize, seed: UInt64 = 1) throws {
        try Self.require(size: size, in: 1...Self.greatestSize, of: "sentences")
        let grammar = AgreementGrammar()
        var taken: Set<String> = []
        pairs = Self.pairs(grammar: grammar, seed: seed, taken: &taken)
        parts = DataSetParts(size: size, seed: seed, excluding: taken, identity: { $0 }) { random in
            let isShort = random.integer(below: 2) == 0
            let greatest = isShort ? Self.greatestShortDistance : Self.greatestDistance
            return grammar.sentence(
                distance: 1 + random.integer(below: greatest),
                isPlural: random.integer(below: 2) == 1, random: &random
            ).text
        }
    }

    private static func pairs(
        grammar: AgreementGrammar, seed: UInt64, taken: inout Set<String>
    ) -> [AgreementPair] {
        var random = Random(seed: seed, stream: 0)
        var pairs: [AgreementPair] = []
        for distance in 1...greatestDistance {
            for index in 0..<pairsPerDistance {
                var sentence: AgreementSentence
                repeat {
                    sentence = grammar.sentence(
                        distance: distance, isPlural: index % 2 == 1, random: &random)
                } while !taken.insert(sentence.text).inserted
                taken.insert(sentence.wrongText)
                pairs.append(
                    AgreementPair(
                        distance: distance, isPlural: sentence.isPlural, right: sentence.text,
                        wrong: sentence.wrongText))
            }
        }
        return pairs
    }

    /// `train.txt`, `valid.txt` and `test.txt`, a sentence a line, and `pairs.tsv`, a pair a line:
    /// distance TAB right sentence TAB wrong sentence.
    public var files: [GeneratedFile] {
        func text(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }
        return parts.files(extension: "txt", text: text)
            + [GeneratedFile(name: "pairs.tsv", text: text(pairs.map(\.line)))]
    }
}
