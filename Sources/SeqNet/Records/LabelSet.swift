/// The labels that a model knows, each with its id, 0 … count-1.
public struct LabelSet: Equatable, Sendable {
    /// By id.
    public let names: [String]
    private let ids: [[UInt8]: Int32]

    public var count: Int { names.count }

    /// Takes the labels as they are.
    /// - Throws: `badData` for one that appears twice.
    /// - Parameter source: what error messages call the place.
    init(names: [String], source: String) throws {
        self.names = names
        ids = Dictionary(
            names.enumerated().map { (Array($1.utf8), Int32($0)) }, uniquingKeysWith: { first, _ in first })
        guard ids.count == names.count else {
            throw SeqNetError(
                .badData, "\(source): a label stands there twice; the file is damaged, use another copy")
        }
    }

    /// The different labels of some records: numbers in their order, others in that of their bytes.
    init(of labels: some Sequence<String>) {
        let distinct = Dictionary(labels.map { (Array($0.utf8), $0) }, uniquingKeysWith: { $1 })
        let areNumbers = distinct.values.allSatisfy { Double($0)?.isFinite == true }
        names = distinct.sorted { left, right in
            if areNumbers, let a = Double(left.value), let b = Double(right.value), a != b {
                return a < b
            }
            return left.key.lexicographicallyPrecedes(right.key)
        }.map(\.value)
        ids = Dictionary(uniqueKeysWithValues: names.enumerated().map { (Array($1.utf8), Int32($0)) })
    }

    /// One of the labels, each equally likely, for a sampled sequence of a seed.
    public func drawn(seed: UInt64, sequence: Int) -> String {
        var random = Random(seed: seed, stream: RandomStream.label(sequence: sequence))
        return random.element(of: names)
    }

    /// The id of a label; nil if the model does not know it.
    public func id(of label: String) -> Int32? { ids[Array(label.utf8)] }
}
