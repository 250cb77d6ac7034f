/// Numbers as a person reads them, the same on every platform and in every locale.
public enum Format {
    /// With `digits` digits behind the point, rounded half up: `fixed(1.4629, 2)` is "1.46".
    public static func fixed(_ value: Double, _ digits: Int) -> String {
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

    /// Three digits or so with a unit: 950, 12.3k, 4.56M.
    public static func count(_ value: Double) -> String {
        switch value.magnitude {
        case ..<1_000: fixed(value, 0)
        case ..<100_000: fixed(value / 1_000, 1) + "k"
        case ..<1_000_000: fixed(value / 1_000, 0) + "k"
        default: fixed(value / 1_000_000, 2) + "M"
        }
    }

    /// 3.2s, 1m 05s, 2h 03m.
    public static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e9 else { return "-" }
        if seconds < 60 { return fixed(seconds, 1) + "s" }
        let whole = Int(seconds.rounded())
        let (first, second, units) =
            whole < 3600
            ? (whole / 60, whole % 60, ("m", "s")) : (whole / 3600, whole / 60 % 60, ("h", "m"))
        return "\(first)\(units.0) \(second < 10 ? "0" : "")\(second)\(units.1)"
    }

    /// A tick of an axis: as few digits as tell it from its neighbours `step` away.
    static func tick(_ value: Double, step: Double) -> String {
        if value != 0, value.magnitude < 1e-4 || value.magnitude >= 1e6 { return power(value) }
        var digits = 0, scaled = step
        while digits < 6, (scaled - scaled.rounded()).magnitude > 1e-6 * scaled {
            scaled *= 10
            digits += 1
        }
        return fixed(value, digits)
    }

    /// 2e-05 for very small and very large numbers; the mantissa only when it is not 1.
    static func power(_ value: Double) -> String {
        var mantissa = value.magnitude, exponent = 0
        while mantissa >= 9.9999999 {
            mantissa /= 10
            exponent += 1
        }
        while mantissa < 0.99999999 {
            mantissa *= 10
            exponent -= 1
        }
        let sign = value < 0 ? "-" : ""
        let digits = (mantissa - mantissa.rounded()).magnitude < 1e-6 ? 0 : 1
        return "\(sign)\(fixed(mantissa, digits))e\(exponent)"
    }
}
