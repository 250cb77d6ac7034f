/// The tokens of one part of a corpus, as ids in a memory-mapped file. Copies share it.
public struct CorpusPart: Sendable {
    /// What error messages call the part, such as `training part of text 'a.txt'`.
    public let name: String
    /// The number of tokens.
    public let count: Int
    /// Where texts begin, ascending: the index of each file's first token. The first is
    /// always 0, also where the part is cut from the middle of a text.
    public let textStarts: [Int]
    /// Tokens that are `<unk>` because the vocabulary does not hold them. A `<unk>` that
    /// the text spells out is not counted.
    public let unknownCount: Int
    /// How many different tokens those are.
    public let unknownTypeCount: Int
    /// A hash of the ids, the starts of texts and the vocabulary, 16 hexadecimal digits:
    /// equal for data that a run would learn the same from.
    public let fingerprint: String
    private let file: TokenFile
    private let start: Int

    init(
        name: String, file: TokenFile, range: Range<Int>, textStarts: [Int], unknownCount: Int,
        unknownTypeCount: Int, fingerprint: String
    ) {
        self.name = name
        self.file = file
        start = range.lowerBound
        count = range.count
        self.textStarts = textStarts
        self.unknownCount = unknownCount
        self.unknownTypeCount = unknownTypeCount
        self.fingerprint = fingerprint
    }

    /// Copies the ids of a range of tokens to the start of `ids`.
    ///
    /// - Precondition: the range lies in 0 … count and is as long as the buffer or shorter.
    public func copy(_ range: Range<Int>, to ids: UnsafeMutableBufferPointer<Int32>) {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= count, "tokens \(range) of \(count)")
        file.copy(start + range.lowerBound..<start + range.upperBound, to: ids)
    }

    /// The ids of a range of tokens.
    ///
    /// - Precondition: the range lies in 0 … count.
    public func ids(_ range: Range<Int>) -> [Int32] {
        [Int32](unsafeUninitializedCapacity: range.count) { buffer, initialized in
            copy(range, to: buffer)
            initialized = range.count
        }
    }
}
