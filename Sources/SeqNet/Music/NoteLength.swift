/// How long a note or a bar lasts, exactly, as a part of a whole note.
///
/// ```swift
/// let bar = NoteLength(6, 8)!  // 3/4
/// ```
public struct NoteLength: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// 256 · 3²·5·7: notes down to a 256th, and those in tuplets of 3, 5, 6, 7 and 9 of them, are
    /// whole numbers of units, and so is no sum of them ever rounded.
    static let unitsInWhole = 80_640

    /// Whole notes × 80,640.
    let units: Int

    init(units: Int) { self.units = units }

    /// - Returns: nil when the fraction is no whole number of units, such as 1/11.
    public init?(_ numerator: Int, _ denominator: Int) {
        precondition(denominator > 0, "a length is divided by a positive number")
        self.init(units: Self.unitsInWhole, times: numerator, over: denominator)
    }

    private init?(units: Int, times numerator: Int, over denominator: Int) {
        let (product, overflows) = units.multipliedReportingOverflow(by: numerator)
        guard !overflows, product.isMultiple(of: denominator) else { return nil }
        self.units = product / denominator
    }

    static let zero = NoteLength(units: 0)

    /// - Returns: nil when the product is no whole number of units.
    func scaled(by numerator: Int, over denominator: Int) -> NoteLength? {
        NoteLength(units: units, times: numerator, over: denominator)
    }

    public static func < (left: NoteLength, right: NoteLength) -> Bool { left.units < right.units }

    static func + (left: NoteLength, right: NoteLength) -> NoteLength {
        NoteLength(units: left.units + right.units)
    }

    static func += (left: inout NoteLength, right: NoteLength) { left = left + right }

    /// In lowest terms: "3/8", "1".
    public var description: String {
        var (divisor, rest) = (Self.unitsInWhole, units)
        while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
        let denominator = Self.unitsInWhole / divisor
        return denominator == 1 ? "\(units / divisor)" : "\(units / divisor)/\(denominator)"
    }
}
