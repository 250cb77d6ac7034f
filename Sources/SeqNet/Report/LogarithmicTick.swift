#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A tick of a logarithmic axis: … 0.5, 1, 2, 5, 10, 20 …
struct LogarithmicTick: Equatable {
    /// 0 for 1, 1 for 2, 2 for 5, 3 for 10 …
    let index: Int

    private static let tolerance = 1e-9

    init(_ index: Int) { self.index = index }

    /// The last tick that is not above a value, which is above zero.
    init(below value: Double) {
        var tick = LogarithmicTick(3 * Int(log10(value).rounded(.down)) + 3)
        while tick.value > value * (1 + Self.tolerance) { tick = tick.previous }
        self = tick
    }

    /// The first tick that is not below a value, which is above zero.
    init(above value: Double) {
        var tick = LogarithmicTick(3 * Int(log10(value).rounded(.down)))
        while tick.value < value * (1 - Self.tolerance) { tick = tick.next }
        self = tick
    }

    /// The power of ten of its only digit.
    var exponent: Int { (index - place) / 3 }

    var value: Double {
        let digit = [1.0, 2.0, 5.0][place]
        return exponent < 0
            ? digit / pow(10, Double(-exponent)) : digit * pow(10, Double(exponent))
    }

    var previous: LogarithmicTick { .init(index - 1) }
    var next: LogarithmicTick { .init(index + 1) }
    /// The power of ten that is not above it.
    var powerBelow: LogarithmicTick { .init(index - place) }
    /// The power of ten that is not below it.
    var powerAbove: LogarithmicTick { place == 0 ? self : .init(index - place + 3) }

    /// 0, 1 or 2 for the digits 1, 2 and 5.
    private var place: Int { (index % 3 + 3) % 3 }
}
