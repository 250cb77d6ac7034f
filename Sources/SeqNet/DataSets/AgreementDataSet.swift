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
/// every distance equally often. Both numbers are equally likely. The same size and seed give
/// the same bytes on every platform; the pairs depend on the seed alone.
public struct AgreementDataSet: Sendable {
    /// The greatest number of words from a subject's noun to its verb.
    public static let greatestDistance = AgreementGrammar.greatestDistance
    /// Half of the training sentences have at most this distance.
    private static let greatestShortDistance = 5
    /// Pairs of each distance, half of them with a plural subject.
    public static let pairsPerDistance = 100
    /// The greatest number of training sentences: all are held in memory.
    public static let greatestSize = 10_000_000

    /// Sentences to train on, as many as asked for.
    public let train: [String]
    /// Sentences to validate on: one for twenty training sentences, at least one.
    public let valid: [String]
    /// Sentences to test on, as many as for validation.
    public let test: [String]
    /// Minimal pairs, by ascending distance. Neither sentence of a pair is in the other sets.
    public let pairs: [AgreementPair]

    /// Draws a data set with `size` training sentences. No sentence occurs twice.
    /// - Throws: `SeqNetError(.usage)` when `size` is not in 1 … ``greatestSize``.
    public init(size: Int = 20_000, seed: UInt64 = 1) throws {
        guard 1...Self.greatestSize ~= size else {
            throw SeqNetError(
                .usage,
                "data set of \(size) sentences: the size must be from 1 to \(Self.greatestSize)")
        }
        let grammar = AgreementGrammar()
        var taken: Set<String> = []
        pairs = Self.pairs(grammar: grammar, seed: seed, taken: &taken)
        let heldOut = max(1, size / 20)
        var sets: [[String]] = []
        for (stream, count) in [(UInt64(1), heldOut), (2, heldOut), (3, size)] {
            var random = Random(seed: seed, stream: stream)
            sets.append(
                Self.sentences(count, grammar: grammar, random: &random, taken: &taken))
        }
        (valid, test, train) = (sets[0], sets[1], sets[2])
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

    private static func sentences(
        _ count: Int, grammar: AgreementGrammar, random: inout Random, taken: inout Set<String>
    ) -> [String] {
        var sentences: [String] = []
        sentences.reserveCapacity(count)
        while sentences.count < count {
            let isShort = random.integer(below: 2) == 0
            let greatest = isShort ? greatestShortDistance : greatestDistance
            let text = grammar.sentence(
                distance: 1 + random.integer(below: greatest),
                isPlural: random.integer(below: 2) == 1, random: &random
            ).text
            if taken.insert(text).inserted { sentences.append(text) }
        }
        return sentences
    }

    /// Writes `train.txt`, `valid.txt` and `test.txt`, a sentence a line, and `pairs.tsv`, a pair
    /// a line: distance TAB right sentence TAB wrong sentence.
    /// - Parameters:
    ///   - folder: is made when it is missing.
    ///   - overwrite: whether files of these names with another content are replaced.
    /// - Throws: `SeqNetError(.cannotCreate)` when such a file is there and not to be replaced,
    ///   and then nothing is written; `.cannotWrite`.
    public func write(to folder: String, overwrite: Bool = false) throws {
        if folder.isEmpty {
            throw SeqNetError(.usage, "--out: the name is empty; name a folder")
        }
        do {
            try FileSystem.makeFolders(folder)
        } catch let error as SystemError where error.isFileInTheWay {
            throw SeqNetError(
                .cannotCreate, "folder '\(folder)': a file is in the way; choose another --out")
        } catch let error as SystemError {
            throw error.whenWriting(folder)
        }
        let files = [
            ("train.txt", train), ("valid.txt", valid), ("test.txt", test),
            ("pairs.tsv", pairs.map(\.line)),
        ].map { name, lines in
            (path: FilePath.join(folder, name), text: lines.map { $0 + "\n" }.joined())
        }
        if !overwrite {
            for file in files { try Self.requireFree(file.path, for: file.text) }
        }
        for file in files { try AtomicFile.write(file.text, to: file.path) }
    }

    /// Refuses a path at which something else lies than the text that is to go there.
    private static func requireFree(_ path: String, for text: String) throws {
        if FileSystem.kind(of: path) == .missing { return }
        let contents = try FileContents(path: path, access: .mapped, subject: "file '\(path)'")
        guard contents.bytes.elementsEqual(text.utf8) else {
            throw SeqNetError(
                .cannotCreate, "file '\(path)': is there already, with another content; replace it "
                    + "with --overwrite, or choose another --out")
        }
    }
}
