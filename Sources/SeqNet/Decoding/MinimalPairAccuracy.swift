/// How often a language model holds the right line of a minimal pair to be likelier.
public struct MinimalPairAccuracy: Equatable, Sendable {
    /// The pairs of one group.
    public struct Group: Equatable, Sendable {
        public let name: String
        public internal(set) var pairs: Int
        /// Pairs whose right line is likelier. Equally likely lines do not count.
        public internal(set) var correct: Int

        public var accuracy: Double { Double(correct) / Double(pairs) }
    }

    /// In ascending order: of their numbers if all names are numbers, else of their bytes.
    public let groups: [Group]
    /// Tokens of all lines that the vocabulary does not hold, scored as `<unk>`.
    public let unknownCount: Int

    public var pairs: Int { groups.reduce(0) { $0 + $1.pairs } }
    public var correct: Int { groups.reduce(0) { $0 + $1.correct } }
    /// Over all pairs.
    public var accuracy: Double { Double(correct) / Double(pairs) }

    /// Counts the pairs by group. There is at least one.
    init(_ outcomes: [(group: String, isRight: Bool)], unknownCount: Int) {
        // By bytes: strings that look the same may differ.
        var groups: [[UInt8]: Group] = [:]
        for (name, isRight) in outcomes {
            var group = groups[Array(name.utf8)] ?? Group(name: name, pairs: 0, correct: 0)
            group.pairs += 1
            if isRight { group.correct += 1 }
            groups[Array(name.utf8)] = group
        }
        let isNumeric = groups.values.allSatisfy { Double($0.name)?.isFinite == true }
        self.groups = groups.sorted { left, right in
            if isNumeric, let a = Double(left.value.name), let b = Double(right.value.name), a != b {
                return a < b
            }
            return left.key.lexicographicallyPrecedes(right.key)
        }.map(\.value)
        self.unknownCount = unknownCount
    }
}
