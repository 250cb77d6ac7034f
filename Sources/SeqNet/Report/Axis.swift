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
    private let step: Double

    /// An axis that holds all values; those that cannot be drawn on it have been left out.
    /// - Parameter most: how many ticks there may be.
    init(_ values: [Double], isLogarithmic: Bool, most: Int) {
        self.isLogarithmic = isLogarithmic
        let least = values.min() ?? (isLogarithmic ? 0.1 : 0)
        let greatest = values.max() ?? 1
        if isLogarithmic {
            let first = log10(least).rounded(.down), last = max(first + 1, log10(greatest).rounded(.up))
            (low, high, step) = (pow(10, first), pow(10, last), 1)
            let decades = Int(last - first), stride = (decades + most - 1) / most
            ticks = Swift.stride(from: 0, through: decades, by: stride).map { pow(10, first + Double($0)) }
            return
        }
        let span = greatest > least ? greatest - least : max(1, least.magnitude)
        let step = Self.niceStep(span / Double(max(1, most - 1)))
        self.step = step
        let first = (least / step + 1e-9).rounded(.down), last = (greatest / step - 1e-9).rounded(.up)
        let count = max(1, Int(last - first))
        ticks = (0...count).map { (first + Double($0)) * step }
        (low, high) = (ticks[0], ticks[count])
    }

    /// 1, 2 or 5 times a power of ten, at least `least`.
    static func niceStep(_ least: Double) -> Double {
        let power = pow(10, log10(least).rounded(.down))
        return [1, 2, 5, 10].map { $0 * power }.first { $0 >= least * (1 - 1e-9) }!
    }

    /// Where a value lies, 0 at the low end and 1 at the high one.
    func position(_ value: Double) -> Double {
        isLogarithmic
            ? (log10(value) - log10(low)) / (log10(high) - log10(low)) : (value - low) / (high - low)
    }

    /// Whether a value can be drawn.
    static func holds(_ value: Double, isLogarithmic: Bool) -> Bool {
        value.isFinite && (!isLogarithmic || value > 0)
    }

    func label(_ tick: Double) -> String {
        isLogarithmic
            ? (tick >= 0.001 && tick < 10_000 ? Format.tick(tick, step: min(1, tick)) : Format.power(tick))
            : Format.tick(tick, step: step)
    }
}
