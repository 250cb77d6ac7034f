/// A row of bars, one a value, from the least to the greatest: ▇▅▃▂▁.
public enum Sparkline {
    private static let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// Values that are no numbers become a blank; equal values a low bar.
    public static func render(_ values: [Double]) -> String {
        let finite = values.filter(\.isFinite)
        guard let least = finite.min(), let greatest = finite.max() else {
            return String(repeating: " ", count: values.count)
        }
        let span = greatest - least
        return String(
            values.map { value in
                guard value.isFinite else { return " " }
                let share = span > 0 ? (value - least) / span : 0
                return bars[min(bars.count - 1, Int(share * Double(bars.count)))]
            })
    }
}
