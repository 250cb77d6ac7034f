/// English sentences with the names of persons (`PER`), places (`LOC`) and organisations (`ORG`),
/// tagged by BIO:
///
/// ```
/// Will	B-PER
/// Tromerson	I-PER
/// moved	O
/// to	O
/// Lanberton	B-LOC
/// .	O
/// ```
///
/// Most names are made up, so that most of the test part's are in no other part: a model that
/// reads letters knows them by their endings. Some have no telling ending, some name two kinds of
/// things (Mr Lanberton, the team Lanberton), and some are plain words as well (Will, Mark,
/// Reading, Shell), in capitals at the start of a sentence too: there the words around tell.
public struct NamesDataSet: GeneratedDataSet {
    /// Training sentences: with fewer, each sentence of validation may have a tag that training has
    /// not; all are held in memory.
    public static let sizes = 40...1_000_000
    public static let defaultSize = 4000

    public let parts: DataSetParts<NamesSentence>

    /// Draws a data set with `size` training sentences.
    /// - Throws: `SeqNetError(.usage)` when `size` is not in ``sizes``.
    public init(size: Int = defaultSize, seed: UInt64 = 1) throws {
        try Self.require(size: size, in: Self.sizes, of: "sentences")
        let grammar = NamesGrammar()
        parts = DataSetParts(size: size, seed: seed, identity: \.words) { random in
            grammar.sentence(random: &random)
        }
    }

    /// `train.conll`, `valid.conll` and `test.conll`: a word a line, word TAB tag, and a blank
    /// line after each sentence.
    public var files: [GeneratedFile] {
        parts.files(extension: "conll") { sentences in sentences.map { $0.lines + "\n" }.joined() }
    }
}
