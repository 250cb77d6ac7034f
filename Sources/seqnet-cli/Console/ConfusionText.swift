import SeqNet

/// A confusion table as a person reads it.
enum ConfusionText {
    /// A row for each label that stands in the data, a column for each that may be predicted, and
    /// the F1 of each label.
    static func table(_ confusion: ConfusionTable) -> String {
        let labels = confusion.labels
        var table = Table(
            columns: ["actual \\ predicted"] + labels + ["F1"],
            alignments: [.left] + Array(repeating: .right, count: labels.count + 1))
        for (id, label) in labels.enumerated() {
            let f1 = confusion.f1(id).map { Format.fixed($0, 3) } ?? "-"
            table.addRow([label] + confusion.counts[id].map(String.init) + [f1])
        }
        return table.render()
    }
}
