import SeqNet

/// Labels of a part of the data that a model does not know, as a person reads them.
enum UnknownLabelsText {
    /// Labels that are named; a file of another column may have thousands.
    private static let mostNamed = 5

    /// One line: the most frequent ones, and how many others there are.
    ///
    /// - Parameters:
    ///   - part: that they stand in.
    ///   - name: what they are, such as `label`.
    ///   - unit: what has one each, such as `record`.
    ///   - outcome: what becomes of it, such as `count as wrong`.
    /// - Returns: nil when there are none.
    static func note(
        _ counts: LabelCounts, in part: String, name: String = "label", unit: String = "record",
        _ outcome: String
    ) -> String? {
        if counts.isEmpty { return nil }
        let all = counts.mostFrequent
        let named = all.prefix(mostNamed).map { "\(LabelText.quoted($0.label)) (\(number($0.count, unit)))" }
        var text = "\(part): \(name)s that the model does not know, which \(outcome): "
            + named.joined(separator: ", ")
        let others = all.dropFirst(mostNamed)
        if !others.isEmpty {
            let total = others.reduce(0) { $0 + $1.count }
            text += " and \(number(others.count, "other")) (\(number(total, unit)))"
        }
        return text
    }

    private static func number(_ count: Int, _ unit: String) -> String {
        "\(count) \(unit)\(count == 1 ? "" : "s")"
    }
}
