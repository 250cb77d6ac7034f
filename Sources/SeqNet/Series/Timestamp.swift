/// A point in time as ISO 8601 writes it, in the local time of whoever wrote it.
struct Timestamp: Equatable, Sendable {
    let date: CalendarDate
    /// Seconds since midnight.
    let secondOfDay: Int

    /// Seconds since the start of the year 1.
    var seconds: Int { date.dayNumber * Self.day + secondOfDay }

    static let hour = 3600
    static let day = 24 * hour

    /// Reads `2016-07-01 18:30:00`, with `T` for the blank or `Z` at the end, without seconds,
    /// without a time of day or without a day; nil for anything else.
    init?(_ text: String) {
        var fields = text.split(omittingEmptySubsequences: false) { $0 == " " || $0 == "T" }
        guard fields.count <= 2 else { return nil }
        if fields.count == 2, fields[1].hasSuffix("Z") { fields[1].removeLast() }
        guard let day = Self.numbers(fields[0], separator: "-", widths: [4, 2, 2]), day.count >= 2,
            let date = CalendarDate(year: day[0], month: day[1], day: day.count == 3 ? day[2] : 1)
        else { return nil }
        self.date = date
        guard fields.count == 2 else {
            secondOfDay = 0
            return
        }
        guard day.count == 3, let time = Self.numbers(fields[1], separator: ":", widths: [2, 2, 2]),
            time.count >= 2, time[0] < 24, time[1...].allSatisfy({ $0 < 60 })
        else { return nil }
        secondOfDay = time[0] * Self.hour + time[1] * 60 + (time.count == 3 ? time[2] : 0)
    }

    /// Numbers of so many digits each; there may be fewer of them.
    private static func numbers(
        _ text: Substring, separator: Character, widths: [Int]
    ) -> [Int]? {
        let fields = text.split(separator: separator, omittingEmptySubsequences: false)
        guard fields.count <= widths.count else { return nil }
        var numbers: [Int] = []
        for (field, width) in zip(fields, widths) {
            let isDigits = field.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
            guard isDigits, field.utf8.count == width, let number = Int(field) else { return nil }
            numbers.append(number)
        }
        return numbers
    }
}
