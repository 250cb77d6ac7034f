/// The parts of a date in the forms in which English writes them.
struct DateWords {
    private let date: CalendarDate

    init(_ date: CalendarDate) { self.date = date }

    var year: String { String(date.year) }
    var day: String { String(date.day) }
    var twoDigitDay: String { CalendarDate.digits(date.day, 2) }
    var monthNumber: String { String(date.month) }
    var twoDigitMonth: String { CalendarDate.digits(date.month, 2) }
    var month: String { Self.months[date.month - 1] }
    /// The first three letters.
    var shortMonth: String { String(month.prefix(3)) }
    var romanMonth: String { Self.romanMonths[date.month - 1] }
    var weekday: String { Self.weekdays[date.weekday] }
    /// The first three letters.
    var shortWeekday: String { String(weekday.prefix(3)) }

    /// "3rd".
    var ordinal: String {
        let ending =
            switch (date.day / 10, date.day % 10) {
            case (1, _): "th"
            case (_, 1): "st"
            case (_, 2): "nd"
            case (_, 3): "rd"
            default: "th"
            }
        return day + ending
    }

    /// "third", "twenty-third".
    var ordinalWord: String {
        switch date.day {
        case 21...29: "twenty-" + Self.ordinals[date.day - 21]
        case 30: "thirtieth"
        case 31: "thirty-first"
        default: Self.ordinals[date.day - 1]
        }
    }

    private static let months = """
        January February March April May June July August September October November December
        """.split(separator: " ").map(String.init)

    private static let romanMonths = "I II III IV V VI VII VIII IX X XI XII".split(separator: " ")
        .map(String.init)

    private static let weekdays = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
        .split(separator: " ").map(String.init)

    private static let ordinals = """
        first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth \
        thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
        """.split(separator: " ").map(String.init)
}
