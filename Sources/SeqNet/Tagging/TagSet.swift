/// The tags of a model: as files have them, and as it learns them.
///
/// ```swift
/// let set = TagSet(training: [["B-PER", "I-PER", "O"], ["B-PER"]])
/// set.tags      // B-PER, I-PER, O
/// set.learned   // B-PER, E-PER, O, S-PER
/// set.learned(["B-PER", "O", "O"])   // [3, 2, 2]
/// ```
public struct TagSet: Equatable, Sendable {
    /// That of the files.
    public let scheme: TagScheme
    /// Tags of the training files, in the order of their UTF-8 bytes.
    public let tags: [String]
    /// What the output of the model stands for, by id.
    public let learned: [String]
    private let learnedIDs: [[UInt8]: Int32]
    private let indices: [[UInt8]: Int]
    /// For each learned tag the index in `tags` of what files write for it.
    private let written: [Int]

    /// Tells the scheme and gathers the tags of training sentences, which make sense or are mended.
    public init(training sentences: [[String]]) {
        let scheme = TagScheme(of: sentences.lazy.joined())
        let learned = sentences.lazy.flatMap { scheme.learned.normalized($0) }
        self.init(scheme: scheme, learned: Self.sorted(learned))
    }

    /// - Parameter learned: different tags of the scheme's learned form.
    private init(scheme: TagScheme, learned: [String]) {
        self.scheme = scheme
        self.learned = learned
        learnedIDs = Dictionary(
            uniqueKeysWithValues: zip(learned.map { Array($0.utf8) }, Int32(0)...))
        let tags = Self.sorted(learned.map { Self.asInFiles($0, scheme) })
        let indices = Dictionary(uniqueKeysWithValues: zip(tags.map { Array($0.utf8) }, 0...))
        self.tags = tags
        self.indices = indices
        written = learned.map { indices[Array(Self.asInFiles($0, scheme).utf8)]! }
    }

    /// Reads what a model file holds.
    ///
    /// - Parameters:
    ///   - scheme: as `scheme.rawValue` wrote it.
    ///   - source: what error messages call the place.
    /// - Throws: `badData` for an unknown scheme and for tags that are not of it, or are there twice.
    public init(scheme: String, learned: [String], source: String) throws {
        func fault(_ what: String) -> SeqNetError {
            SeqNetError(
                .badData,
                "\(source): \(what); the file is damaged or not made by seqnet, use another copy")
        }
        guard let scheme = TagScheme(rawValue: scheme) else {
            throw fault("unknown tag scheme '\(scheme)'")
        }
        if learned.isEmpty { throw fault("there are no tags") }
        if Set(learned.map { Array($0.utf8) }).count < learned.count {
            throw fault("a tag is there twice")
        }
        if scheme.marksEntities, let wrong = learned.first(where: { EntityTag($0) == nil }) {
            throw fault("tag '\(wrong)' is not of the scheme \(scheme.rawValue)")
        }
        self.init(scheme: scheme, learned: learned)
    }

    /// Whether a tag is none of the scheme at all, so that it cannot be mended.
    func isForeign(_ tag: String) -> Bool { scheme.marksEntities && EntityTag(tag) == nil }

    /// The ids that a model learns for the tags of a sentence; nil where one is not known.
    func learned(_ sentence: [String]) -> [Int32]? {
        if sentence.contains(where: isForeign) { return nil }
        let ids = scheme.learned.normalized(sentence).compactMap { learnedIDs[Array($0.utf8)] }
        return ids.count == sentence.count ? ids : nil
    }

    /// The tags, as files have them, of the ids that a model gave the words of a sentence. Where
    /// they make no sense they are mended, by tags that training had.
    func tags(of ids: [Int32]) -> [String] {
        let mended = scheme.normalized(ids.map { learned[Int($0)] })
        return zip(ids, mended).map { id, tag in
            index(of: tag) == nil ? tags[written[Int(id)]] : tag
        }
    }

    /// The index in `tags` of a tag; nil for one that was not seen in training.
    func index(of tag: String) -> Int? { indices[Array(tag.utf8)] }

    /// The probabilities of `tags`, given those of the learned ones.
    func distribution(ofLearned probabilities: UnsafeBufferPointer<Float>) -> [Float] {
        var sums = [Float](repeating: 0, count: tags.count)
        for (index, probability) in zip(written, probabilities) { sums[index] += probability }
        return sums
    }

    /// Whether a model may give one learned tag after another.
    /// - Parameters:
    ///   - id: nil before the first word.
    ///   - next: nil after the last word.
    public func allows(_ id: Int?, then next: Int?) -> Bool {
        scheme.learned.allows(id.map { learned[$0] }, then: next.map { learned[$0] })
    }

    private static func asInFiles(_ learned: String, _ scheme: TagScheme) -> String {
        guard scheme == .bio, case .inside(let place, let type) = EntityTag(learned) else {
            return learned
        }
        let isFirst = place == .begin || place == .single
        return EntityTag.inside(isFirst ? .begin : .inner, type: type).text
    }

    /// Each tag once, in the order of UTF-8 bytes.
    private static func sorted(_ tags: some Sequence<String>) -> [String] {
        Set(tags.map { Array($0.utf8) }).sorted { $0.lexicographicallyPrecedes($1) }
            .map { String(decoding: $0, as: UTF8.self) }
    }
}
