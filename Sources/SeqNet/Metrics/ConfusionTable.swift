/// How often each label was taken for each: what a classifier or tagger is measured by.
///
/// A label that a model was never trained on cannot be right; it is counted all the same.
///
/// ```swift
/// var table = ConfusionTable(labels: ["bad", "good"])
/// table.add(actual: "good", predicted: 0)
/// print(table.accuracy, table.macroF1)
/// ```
public struct ConfusionTable: Equatable, Sendable {
    /// Those that the model knows, in the order of their ids.
    public let labels: [String]
    /// [actual][predicted].
    public private(set) var counts: [[Int]]
    /// A label that the model does not know, and how often it stood in the data.
    public struct UnknownLabel: Equatable, Sendable {
        public let label: String
        public fileprivate(set) var count: Int
    }

    /// In the order in which they were met.
    public private(set) var unknown: [UnknownLabel] = []
    /// How often each label was predicted where an unknown one stood.
    private var predictedForUnknown: [Int]
    /// The distance of actual and predicted labels so far, where all are numbers.
    private var distance: Double?
    private let ids: [[UInt8]: Int]

    public init(labels: [String]) {
        self.labels = labels
        counts = Array(repeating: Array(repeating: 0, count: labels.count), count: labels.count)
        ids = Dictionary(uniqueKeysWithValues: labels.enumerated().map { (Array($1.utf8), $0) })
        predictedForUnknown = Array(repeating: 0, count: labels.count)
        distance = labels.allSatisfy { Self.number($0) != nil } ? 0 : nil
    }

    /// Counts one record.
    /// - Parameters:
    ///   - actual: what stands in the data; may be a label that the model does not know.
    ///   - predicted: the id of what the model says.
    public mutating func add(actual: String, predicted: Int) {
        if let id = ids[Array(actual.utf8)] {
            counts[id][predicted] += 1
        } else {
            addUnknown(actual)
            predictedForUnknown[predicted] += 1
        }
        guard let sum = distance else { return }
        distance = Self.number(actual).map { sum + abs($0 - Self.number(labels[predicted])!) }
    }

    private mutating func addUnknown(_ label: String) {
        let known = unknown.firstIndex { $0.label.utf8.elementsEqual(label.utf8) }
        if let known {
            unknown[known].count += 1
        } else {
            unknown.append(UnknownLabel(label: label, count: 1))
        }
    }

    /// Records counted.
    public var total: Int { counts.reduce(unknownCount) { $0 + $1.reduce(0, +) } }

    /// Records whose label the model does not know.
    public var unknownCount: Int { unknown.reduce(0) { $0 + $1.count } }

    public var correct: Int { labels.indices.reduce(0) { $0 + counts[$1][$1] } }

    /// The share of right answers; NaN of no records.
    public var accuracy: Double { Double(correct) / Double(total) }

    /// The mean of the labels' F1, each counting alike, over the labels that stand in the data or
    /// were predicted, as scikit-learn's `f1_score(average="macro")` with `zero_division=0`.
    public var macroF1: Double {
        let known = labels.indices.compactMap(f1)
        return known.reduce(0, +) / Double(known.count + unknown.count)
    }

    /// 2·TP / (2·TP + FP + FN); nil for a label that is neither in the data nor predicted.
    public func f1(_ label: Int) -> Double? {
        let actual = counts[label].reduce(0, +)
        let predicted = counts.reduce(predictedForUnknown[label]) { $0 + $1[label] }
        return actual + predicted == 0
            ? nil : 2 * Double(counts[label][label]) / Double(actual + predicted)
    }

    /// The mean distance of actual and predicted labels; nil unless all labels are numbers.
    public var meanAbsoluteError: Double? { distance.map { $0 / Double(total) } }

    /// A finite decimal number.
    private static func number(_ label: String) -> Double? {
        Double(label).flatMap { $0.isFinite ? $0 : nil }
    }
}
