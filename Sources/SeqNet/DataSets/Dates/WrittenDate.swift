/// A date in one of the many ways to write it.
public struct WrittenDate: Equatable, Sendable {
    /// "the 3rd of May 1998".
    public let text: String
    /// "1998-05-03".
    public let iso: String

    /// Writes a date in a form that is drawn, each equally likely.
    init(_ date: CalendarDate, random: inout Random) {
        let form = Self.forms[random.integer(below: Self.forms.count)]
        let written = form(DateWords(date))
        // One in eight is written without capitals, one in eight with nothing else.
        text = switch random.integer(below: 8) {
        case 0: written.lowercased()
        case 1: written.uppercased()
        default: written
        }
        iso = date.iso
    }

    private static let forms: [@Sendable (DateWords) -> String] = [
        { "the \($0.ordinal) of \($0.month) \($0.year)" },
        { "\($0.ordinal) of \($0.month), \($0.year)" },
        { "the \($0.ordinalWord) of \($0.month) \($0.year)" },
        { "\($0.month) the \($0.ordinalWord), \($0.year)" },
        { "\($0.day) \($0.month) \($0.year)" },
        { "\($0.ordinal) \($0.month) \($0.year)" },
        { "\($0.month) \($0.day), \($0.year)" },
        { "\($0.month) \($0.ordinal), \($0.year)" },
        { "\($0.weekday), \($0.day) \($0.month) \($0.year)" },
        { "\($0.weekday), \($0.month) \($0.day), \($0.year)" },
        { "\($0.shortWeekday) \($0.day) \($0.shortMonth) \($0.year)" },
        { "\($0.day) \($0.shortMonth) \($0.year)" },
        { "\($0.shortMonth). \($0.day), \($0.year)" },
        { "\($0.twoDigitDay)-\($0.shortMonth)-\($0.year)" },
        { "\($0.year) \($0.shortMonth) \($0.twoDigitDay)" },
        { "\($0.year), \($0.month) \($0.day)" },
        { "\($0.day).\($0.romanMonth).\($0.year)" },
        { "\($0.year)/\($0.twoDigitMonth)/\($0.twoDigitDay)" },
        { "\($0.year).\($0.monthNumber).\($0.day)" },
        { "\($0.year)\($0.twoDigitMonth)\($0.twoDigitDay)" },
    ]
}
