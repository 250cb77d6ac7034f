/// Dates as people write them, and the same dates by ISO 8601:
///
/// ```
/// the 3rd of May 1998	1998-05-03
/// Sunday, May 3, 1998	1998-05-03
/// ```
///
/// The dates lie in the years 1800 to 2199, and none is in two lines. Every form has one meaning
/// alone: a month is a word or a Roman numeral, or the year stands first and the day last. A
/// model that reads months and ordinals and copies digits is right on every line.
public struct DatesDataSet: GeneratedDataSet {
    /// The greatest number of training lines: about a third of the days there are.
    public static let greatestSize = 50_000
    public static let defaultSize = 10_000
    /// 400 years.
    private static let days =
        CalendarDate(year: 1800, month: 1, day: 1)!.dayNumber..<CalendarDate(
            year: 2200, month: 1, day: 1)!.dayNumber

    public let parts: DataSetParts<WrittenDate>

    /// Draws a data set with `size` training lines.
    /// - Throws: `SeqNetError(.usage)` when `size` is not in 1 … ``greatestSize``.
    public init(size: Int = defaultSize, seed: UInt64 = 1) throws {
        try Self.require(size: size, in: 1...Self.greatestSize, of: "dates")
        parts = DataSetParts(size: size, seed: seed, identity: \.iso) { random in
            let day = Self.days.lowerBound + random.integer(below: Self.days.count)
            return WrittenDate(CalendarDate(dayNumber: day), random: &random)
        }
    }

    /// `train.tsv`, `valid.tsv` and `test.tsv`, a date a line: as written TAB by ISO 8601.
    public var files: [GeneratedFile] {
        parts.files(extension: "tsv") { dates in
            dates.map { "\($0.text)\t\($0.iso)\n" }.joined()
        }
    }
}
