#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The range of a chart's axis and its ticks.
struct Axis: Equatable {
    let isLogarithmic: Bool
    let low: Double
    let high: Double
    /// Ascending, within low … high.
    let ticks: [Double]
    /// What is written at each tick: all in the same way, no two alike.
    let labels: [String]

    /// Values beyond this cannot be drawn: their differences may overflow.
    private static let greatestValue = 1e300
    /// Ticks from here on, or with more digits behind the point, are written as powers of ten.
    private static let greatestPlain = 1e6
    private static let leastPlainExponent = -4

    /// Whether a value can be drawn: a number, and above zero on a logarithmic axis.
    static func holds(_ value: Double, isLogarithmic: Bool) -> Bool {
        guard value.isFinite, value.magnitude < greatestValue else { return false }
        return !isLogarithmic || value > 1 / greatestValue
    }

    /// The axis of x: from the least value to the greatest one. Between whole numbers it has
    /// ticks at whole numbers alone.
    /// - Parameters:
    ///   - values: all that the axis shall hold, none of them undrawable; may be empty.
    ///   - most: how many ticks there may be, at least 4.
    static func horizontal(_ values: [Double], most: Int) -> Axis {
        let (low, high) = range(of: values)
        let areWhole = values.allSatisfy { $0 == $0.rounded() }
        var step = NiceStep(atLeast: (high - low) / Double(most - 1))
        if areWhole, step.value < 1 { step = NiceStep(atLeast: 1) }
        return Axis(
            low: low, high: high, step: step,
            ticks: step.index(above: low)...step.index(below: high))
    }

    /// The axis of y: from the tick below the least value to the one above the greatest.
    /// - Parameter most: how many ticks there may be, at least 3.
    static func vertical(_ values: [Double], isLogarithmic: Bool, most: Int) -> Axis {
        if isLogarithmic { return logarithmic(values, most: most) }
        let (low, high) = range(of: values)
        var step = NiceStep(atLeast: (high - low) / Double(most - 1))
        while step.index(above: high) - step.index(below: low) + 1 > most { step = step.next }
        let ticks = step.index(below: low)...step.index(above: high)
        return Axis(
            low: step.value(ticks.lowerBound), high: step.value(ticks.upperBound), step: step,
            ticks: ticks)
    }

    /// Where a value lies, 0 at the low end and 1 at the high one.
    func position(_ value: Double) -> Double {
        isLogarithmic
            ? (log10(value) - log10(low)) / (log10(high) - log10(low))
            : (value - low) / (high - low)
    }

    /// The least and the greatest value; around values that are as good as equal, some room.
    private static func range(of values: [Double]) -> (Double, Double) {
        guard let least = values.min(), let greatest = values.max() else { return (0, 1) }
        let size = max(least.magnitude, greatest.magnitude)
        if greatest - least > max(1e-9 * size, 1 / greatestValue) { return (least, greatest) }
        let room = size > 1 / greatestValue ? size / 2 : 1
        return (least - room, least + room)
    }

    private init(low: Double, high: Double, step: NiceStep, ticks: ClosedRange<Int>) {
        isLogarithmic = false
        self.low = low
        self.high = high
        self.ticks = ticks.map(step.value)
        labels = Self.labels(of: self.ticks, exponents: self.ticks.map { _ in step.exponent })
    }

    /// Ticks at 1, 2 and 5 times the powers of ten when there is room, else at some powers.
    private static func logarithmic(_ values: [Double], most: Int) -> Axis {
        let least = values.min() ?? 1, greatest = values.max() ?? 1
        var first = LogarithmicTick(below: least), last = LogarithmicTick(above: greatest)
        if first.index == last.index { (first, last) = (first.previous, last.next) }
        var indices = Array(first.index...last.index)
        if indices.count > most {
            (first, last) = (first.powerBelow, last.powerAbove)
            let powers = (last.index - first.index) / 3
            let stride = (powers + most - 2) / (most - 1)
            indices = Array(Swift.stride(from: first.index, through: last.index, by: 3 * stride))
        }
        let ticks = indices.map(LogarithmicTick.init)
        return Axis(
            isLogarithmic: true, low: first.value, high: last.value, ticks: ticks.map(\.value),
            labels: labels(of: ticks.map(\.value), exponents: ticks.map(\.exponent)))
    }

    private init(
        isLogarithmic: Bool, low: Double, high: Double, ticks: [Double], labels: [String]
    ) {
        self.isLogarithmic = isLogarithmic
        self.low = low
        self.high = high
        self.ticks = ticks
        self.labels = labels
    }

    /// - Parameter exponents: the power of ten of each tick's last digit.
    private static func labels(of ticks: [Double], exponents: [Int]) -> [String] {
        let greatest = ticks.map(\.magnitude).max() ?? 0
        let areShort = greatest < greatestPlain && (exponents.min() ?? 0) >= leastPlainExponent
        return zip(ticks, exponents).map { tick, exponent in
            areShort
                ? Format.fixed(tick, max(0, -exponent))
                : Format.scientific(tick, lastDigit: exponent)
        }
    }
}
