/// Made-up dance tunes of four kinds in ABC notation, a file a kind: jigs in 6/8, reels in 4/4,
/// waltzes in 3/4 and polkas in 2/4.
///
/// ```
/// X:1
/// T:The Lazy Miller
/// R:jig
/// M:6/8
/// L:1/8
/// K:C
/// |:"C"C2D C2D|"G7"G2F EFC|"C"CED C3|"G7"DFG Ade|
/// "C"C2D C2D|"G7"G2F EFC|"F"FCD E2D|"G7"DC/2F/2A "C"c3:|
/// …
/// ```
///
/// A tune has two parts of eight bars, each repeated. Bars equal the metre. The fifth and sixth
/// bar of a part are its first two again, the last bar comes to rest on the key's tonic, the
/// first note of a bar is of its chord. No tune occurs twice.
public struct TunesDataSet: GeneratedDataSet {
    /// At least two tunes a kind, so that one may be held out; all are held in memory.
    public static let sizes = 2 * TuneKind.all.count...1_000_000
    public static let defaultSize = 800

    /// Tunes of all kinds, by turns.
    public let tunes: [GeneratedTune]

    /// Draws `size` tunes, as many of each kind as of any other, or one more.
    /// - Throws: `SeqNetError(.usage)` when `size` is not in ``sizes``.
    public init(size: Int = defaultSize, seed: UInt64 = 1) throws {
        try Self.require(size: size, in: Self.sizes, of: "tunes")
        var random = Random(seed: seed, stream: 0)
        var taken: Set<String> = []
        var tunes: [GeneratedTune] = []
        while tunes.count < size {
            var composer = TuneComposer(kind: TuneKind.all[tunes.count % TuneKind.all.count])
            let tune = composer.tune(random: &random)
            if taken.insert(tune.body).inserted { tunes.append(tune) }
        }
        self.tunes = tunes
    }

    /// `jigs.abc`, `reels.abc`, `waltzes.abc` and `polkas.abc`, a blank line between two tunes.
    public var files: [GeneratedFile] {
        TuneKind.all.map { kind in
            let tunes = tunes.filter { $0.kind == kind.name }
            let texts = tunes.enumerated().map { $1.abc(number: $0 + 1) }
            return GeneratedFile(name: "\(kind.plural).abc", text: texts.joined(separator: "\n"))
        }
    }
}
