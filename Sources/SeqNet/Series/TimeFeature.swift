#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What a time tells a model of what comes round again: a place on a circle, as sine and cosine.
public enum TimeFeature: String, CaseIterable, Sendable {
    case hourOfDay = "hour-of-day"
    case dayOfWeek = "day-of-week"
    case monthOfYear = "month-of-year"

    /// Names of its two columns.
    var columnNames: [String] { ["\(rawValue) sine", "\(rawValue) cosine"] }

    /// Its two values, in -1 … 1.
    func values(at time: Timestamp) -> [Double] {
        let angle = 2 * Double.pi * turns(at: time)
        return [sin(angle), cos(angle)]
    }

    /// How much of the day, the week (from Monday on) or the year (of twelve equal months) is past.
    private func turns(at time: Timestamp) -> Double {
        let date = time.date
        let dayTurns = Double(time.secondOfDay) / Double(Timestamp.day)
        switch self {
        case .hourOfDay: return dayTurns
        case .dayOfWeek: return (Double(date.weekday) + dayTurns) / 7
        case .monthOfYear:
            let days = CalendarDate.days(ofMonth: date.month, year: date.year)
            let monthTurns = (Double(date.day - 1) + dayTurns) / Double(days)
            return (Double(date.month - 1) + monthTurns) / 12
        }
    }
}
