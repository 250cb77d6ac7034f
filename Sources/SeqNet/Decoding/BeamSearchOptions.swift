/// How the likeliest sequence is looked for.
public struct BeamSearchOptions: Equatable, Sendable {
    /// Hypotheses that are kept at each step; 1 takes the likeliest token each time (greedy search).
    public let beam: Int
    /// The best that are given, at most `beam`.
    public let nBest: Int
    /// a in the score log P / length^a by which hypotheses are ranked: 0 prefers short ones, 1
    /// compares the mean log-probability of a token (the closing one included).
    public let lengthNormalization: Double
    /// Tokens that a sequence may have, the closing one left out; nil: two for each of the source
    /// and ten more.
    public let mostTokens: Int?

    /// A beam of five, and its best translation.
    public static let standard = BeamSearchOptions()

    /// - Throws: `.usage` for numbers out of range.
    public init(
        beam: Int = BeamSearchOptions.standard.beam, nBest: Int = BeamSearchOptions.standard.nBest,
        lengthNormalization: Double = BeamSearchOptions.standard.lengthNormalization,
        mostTokens: Int? = nil
    ) throws {
        guard (1...Self.greatestBeam).contains(beam) else {
            throw SeqNetError(.usage, "--beam \(beam): give a number from 1 to \(Self.greatestBeam)")
        }
        guard (1...beam).contains(nBest) else {
            throw SeqNetError(
                .usage, "--n-best \(nBest): a beam of \(beam) has 1 to \(beam); give a greater --beam")
        }
        precondition(mostTokens ?? 1 >= 1, "at least one token")
        self.beam = beam
        self.nBest = nBest
        self.lengthNormalization = lengthNormalization
        self.mostTokens = mostTokens
    }

    private init() {
        beam = 5
        nBest = 1
        lengthNormalization = 1
        mostTokens = nil
    }

    /// The greatest beam that is taken for meant: its hypotheses are decoded side by side.
    private static let greatestBeam = 1000

    /// The most tokens of a translation of a source of `count` tokens.
    func mostTokens(forSourceOf count: Int) -> Int { mostTokens ?? 2 * count + 10 }
}
