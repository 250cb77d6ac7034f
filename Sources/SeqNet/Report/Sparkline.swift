/// A row of bars, one a value, from the least to the greatest: ▇▅▃▂▁.
public enum Sparkline {
    private static let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// Values that are no numbers become a blank; equal values a low bar.
    public static func render(_ values: [Double]) -> String {
        let finite = values.filter(\.isFinite)
        guard let least = finite.min(), let greatest = finite.max() else {
            return String(repeating: " ", count: values.count)
        }
        // Halved, so that the span of any two numbers is a number.
        let span = greatest / 2 - least / 2
        return String(
            values.map { value in
                guard value.isFinite else { return " " }
                let share = span > 0 ? (value / 2 - least / 2) / span : 0
                return bars[min(bars.count - 1, Int(share * Double(bars.count)))]
            })
    }
}
