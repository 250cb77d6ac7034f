/// Named values as horizontal bars, for a terminal or as SVG.
public struct BarChart: Sendable {
    public let title: String
    public let labels: [String]
    public let values: [Double]
    /// What an empty and a full bar stand for. Values of a range 0 … 1 are written in per cent.
    public let range: ClosedRange<Double>

    /// - Precondition: as many labels as values, and the range is not empty.
    public init(title: String, labels: [String], values: [Double], range: ClosedRange<Double>) {
        precondition(labels.count == values.count && range.lowerBound < range.upperBound)
        self.title = title
        self.labels = labels
        self.values = values
        self.range = range
    }

    /// How much of its bar a value fills, 0 … 1: nothing when it is no number.
    func share(_ value: Double) -> Double {
        let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
        return share.isNaN ? 0 : min(max(share, 0), 1)
    }

    /// A value as it is written: "-" when it is no number.
    func text(_ value: Double) -> String {
        guard value.isFinite else { return "-" }
        if range == 0...1 { return Format.fixed(100 * value, 1) + " %" }
        let width = range.upperBound - range.lowerBound
        return Format.fixed(value, width < 1 ? 4 : width < 100 ? 2 : 0)
    }
}
