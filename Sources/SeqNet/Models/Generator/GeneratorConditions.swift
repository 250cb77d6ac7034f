/// What the sequences of a generator are conditioned on: one of a few labels, or a vector.
public enum GeneratorConditions: Equatable, Sendable {
    case labels(LabelSet)
    /// Vectors of so many numbers.
    case vectors(size: Int)

    /// Those of training records: vectors where every label is two or more numbers divided by
    /// commas, as many in each; else labels.
    init(of labels: some Sequence<String>) {
        let sizes = Set(labels.map { Self.numbers($0)?.count ?? 0 })
        if let size = sizes.first, sizes.count == 1, size > 1 {
            self = .vectors(size: size)
        } else {
            self = .labels(LabelSet(of: labels))
        }
    }

    /// Numbers divided by commas; nil for anything else.
    public static func numbers(_ text: String) -> [Float]? {
        let fields = text.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = fields.compactMap { Float($0) }
        return numbers.count == fields.count && numbers.allSatisfy(\.isFinite) ? numbers : nil
    }

    /// The condition that a label of the data or an option stands for.
    ///
    /// - Parameter place: where it stands, for errors.
    /// - Throws: `badData` for a label that the model does not know, and for what is no vector of
    ///   the right size.
    public func condition(_ label: String, place: String) throws -> GeneratorCondition {
        if let condition = try known(label, place: place) { return condition }
        throw SeqNetError(
            .badData, "\(place): the model does not know the label '\(label)'; its labels are "
                + (labelNames ?? []).joined(separator: ", "))
    }

    /// The same; nil for a label that the model does not know.
    /// - Throws: `badData` for what is no vector of the right size.
    func known(_ label: String, place: String) throws -> GeneratorCondition? {
        switch self {
        case .labels(let labels): return labels.id(of: label).map { .label($0) }
        case .vectors(let size):
            if let vector = Self.numbers(label), vector.count == size { return .vector(vector) }
            throw SeqNetError(
                .badData, "\(place): '\(label)' is no vector of \(size) numbers divided by commas, as "
                    + "the model takes")
        }
    }
}
