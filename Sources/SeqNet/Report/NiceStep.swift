#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The distance of an axis's ticks: 1, 2 or 5 times a power of ten. Ticks lie at its multiples.
struct NiceStep: Equatable {
    /// 1, 2 or 5.
    let digit: Int
    let exponent: Int

    /// The share of a step by which rounding may move a value.
    private static let tolerance = 1e-6

    /// The smallest step of at least `least`, which is above zero.
    init(atLeast least: Double) {
        let power = Int(log10(least).rounded(.down)) - 1
        var step = NiceStep(digit: 5, exponent: power)
        while step.value < least * (1 - Self.tolerance) { step = step.next }
        self = step
    }

    private init(digit: Int, exponent: Int) {
        self.digit = digit
        self.exponent = exponent
    }

    var value: Double { value(1) }

    /// The next larger step.
    var next: NiceStep {
        switch digit {
        case 1: NiceStep(digit: 2, exponent: exponent)
        case 2: NiceStep(digit: 5, exponent: exponent)
        default: NiceStep(digit: 1, exponent: exponent + 1)
        }
    }

    /// The tick of a number, rounded once: number 3 of a step of 0.1 is 0.3.
    func value(_ index: Int) -> Double {
        let whole = Double(index * digit)
        return exponent < 0 ? whole / pow(10, Double(-exponent)) : whole * pow(10, Double(exponent))
    }

    /// The number of the last tick that is not above a value.
    func index(below value: Double) -> Int {
        Int((value / self.value + Self.tolerance).rounded(.down))
    }

    /// The number of the first tick that is not below a value.
    func index(above value: Double) -> Int {
        Int((value / self.value - Self.tolerance).rounded(.up))
    }
}
