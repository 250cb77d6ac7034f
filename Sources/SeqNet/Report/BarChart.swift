/// Named values as horizontal bars, for a terminal.
public struct BarChart: Sendable {
    public let title: String
    public let labels: [String]
    public let values: [Double]
    /// What an empty and a full bar stand for.
    public let range: ClosedRange<Double>

    private static let eighths: [Character] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

    /// - Precondition: as many labels as values, and the range is not empty.
    public init(title: String, labels: [String], values: [Double], range: ClosedRange<Double>) {
        precondition(labels.count == values.count && range.lowerBound < range.upperBound)
        self.title = title
        self.labels = labels
        self.values = values
        self.range = range
    }

    /// The title, and a line for each value: label, bar, the value in per cent of the range.
    /// - Parameter width: characters of a full bar.
    public func terminal(width: Int = 50) -> String {
        let margin = labels.map(\.count).max() ?? 0
        let lines = zip(labels, values).map { label, value in
            let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
            return String(repeating: " ", count: margin - label.count) + "\(label) "
                + "\(Self.bar(share, width)) \(value.isFinite ? Format.fixed(100 * share, 1) + " %" : "-")"
        }
        return ([title] + lines).joined(separator: "\n") + "\n"
    }

    private static func bar(_ share: Double, _ width: Int) -> String {
        let share = share.isFinite ? min(max(share, 0), 1) : 0
        let units = Int((share * Double(width) * 8).rounded())
        let full = String(repeating: "█", count: units / 8)
        let part = units % 8 == 0 ? "" : String(eighths[units % 8])
        return full + part + String(repeating: " ", count: width - full.count - part.count)
    }
}
