#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Numbers as a person reads them, the same on every platform and in every locale.
public enum Format {
    /// With `digits` digits behind the point, halves rounded away from zero: `fixed(1.4629, 2)`
    /// is "1.46". What is no number, or has more than 15 digits, is written as Swift does.
    /// - Parameter digits: 0 … 15.
    public static func fixed(_ value: Double, _ digits: Int) -> String {
        precondition(0...15 ~= digits, "a number has 0 to 15 digits behind the point")
        guard value.isFinite else { return "\(value)" }
        let scale = (0..<digits).reduce(1.0) { power, _ in power * 10 }
        let scaled = (value.magnitude * scale).rounded()
        guard scaled < 1e15 else { return "\(value)" }
        let whole = Int(scaled), sign = value < 0 && whole > 0 ? "-" : ""
        guard digits > 0 else { return sign + String(whole) }
        let fraction = String(whole % Int(scale))
        let zeros = String(repeating: "0", count: digits - fraction.count)
        return "\(sign)\(whole / Int(scale)).\(zeros)\(fraction)"
    }

    /// Three digits with a unit: 950, 1.23k, 12.3k, 4.56M, 7.89G.
    public static func count(_ value: Double) -> String {
        guard value.isFinite else { return "\(value)" }
        var scaled = value, units = ["", "k", "M", "G"][...]
        while scaled.magnitude >= 999.5, units.count > 1 {
            scaled /= 1000
            units.removeFirst()
        }
        // Where the next digit would round up to one more digit before the point.
        let digits = scaled.magnitude >= 99.95 ? 0 : scaled.magnitude >= 9.995 ? 1 : 2
        return fixed(scaled, units.count == 4 ? 0 : digits) + units[units.startIndex]
    }

    /// 3.2s, 1m 05s, 2h 03m; "-" for what is no time.
    public static func duration(_ seconds: Double) -> String {
        guard seconds >= 0, seconds < 1e9 else { return "-" }
        if seconds < 59.95 { return fixed(seconds, 1) + "s" }
        let whole = Int(seconds.rounded())
        let (first, second, units) =
            whole < 3600
            ? (whole / 60, whole % 60, ("m", "s")) : (whole / 3600, whole / 60 % 60, ("h", "m"))
        return "\(first)\(units.0) \(second < 10 ? "0" : "")\(second)\(units.1)"
    }

    /// In powers of ten: 2.5e-5.
    /// - Parameter lastDigit: the power of ten of the last digit that is written.
    static func scientific(_ value: Double, lastDigit: Int) -> String {
        guard value != 0 else { return "0" }
        // The tolerance is for powers of ten, whose logarithm may come out too small.
        let exponent = Int((log10(value.magnitude) + 1e-9).rounded(.down))
        let mantissa = value / pow(10, Double(exponent))
        return "\(fixed(mantissa, min(max(0, exponent - lastDigit), 14)))e\(exponent)"
    }

    /// The text with a � for each control character, which would steer a terminal and must not
    /// be in XML.
    public static func printable(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            let isControl = scalar.properties.generalCategory == .control
            result.unicodeScalars.append(
                isControl || scalar.value & 0xFFFE == 0xFFFE ? "\u{FFFD}" : scalar)
        }
        return result
    }
}
