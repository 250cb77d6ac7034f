/// A day of the Gregorian calendar, carried back before 1582 by the same rules.
struct CalendarDate: Hashable, Sendable {
    /// From 1 to 9999.
    let year: Int
    /// From 1 to 12.
    let month: Int
    /// From 1.
    let day: Int

    /// nil when there is no such day.
    init?(year: Int, month: Int, day: Int) {
        guard 1...9999 ~= year, 1...12 ~= month, 1...Self.days(ofMonth: month, year: year) ~= day
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// - Parameter dayNumber: days since 1 January of the year 1.
    init(dayNumber: Int) {
        // 400 years have 146,097 days. Years are not of one length, so this may be a year too many.
        var year = dayNumber * 400 / 146_097 + 1
        while Self.daysBefore(year: year) > dayNumber { year -= 1 }
        var rest = dayNumber - Self.daysBefore(year: year)
        if rest >= (Self.isLeap(year) ? 366 : 365) {
            rest -= Self.isLeap(year) ? 366 : 365
            year += 1
        }
        var month = 1
        while rest >= Self.days(ofMonth: month, year: year) {
            rest -= Self.days(ofMonth: month, year: year)
            month += 1
        }
        (self.year, self.month, day) = (year, month, rest + 1)
    }

    /// Days since 1 January of the year 1.
    var dayNumber: Int {
        let months = (1..<month).reduce(0) { $0 + Self.days(ofMonth: $1, year: year) }
        return Self.daysBefore(year: year) + months + day - 1
    }

    /// 0 is Monday, as 1 January of the year 1 was.
    var weekday: Int { dayNumber % 7 }

    /// As in ISO 8601: `1998-05-03`.
    var iso: String { "\(Self.digits(year, 4))-\(Self.digits(month, 2))-\(Self.digits(day, 2))" }

    static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    static func days(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The number with zeros before it, `width` digits at least.
    static func digits(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    private static func daysBefore(year: Int) -> Int {
        let past = year - 1
        return past * 365 + past / 4 - past / 100 + past / 400
    }
}
