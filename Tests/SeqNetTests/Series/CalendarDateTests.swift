import Testing

@testable import SeqNet

struct CalendarDateTests {
    @Test func daysFollowOneAnother() {
        var expected = CalendarDate(year: 1, month: 1, day: 1)!
        for number in 0..<146_097 * 3 {
            let date = CalendarDate(dayNumber: number)
            if date != expected || date.dayNumber != number {
                Issue.record("day \(number) is \(date.iso), expected \(expected.iso)")
                return
            }
            expected =
                CalendarDate(year: date.year, month: date.month, day: date.day + 1)
                ?? CalendarDate(year: date.year, month: date.month + 1, day: 1)
                ?? CalendarDate(year: date.year + 1, month: 1, day: 1)!
        }
    }

    @Test func weekdaysAreThoseOfKnownDays() {
        #expect(CalendarDate(year: 1, month: 1, day: 1)!.weekday == 0)
        #expect(CalendarDate(year: 1969, month: 7, day: 20)!.weekday == 6, "a Sunday")
        #expect(CalendarDate(year: 2000, month: 2, day: 29)!.weekday == 1, "a Tuesday")
        #expect(CalendarDate(year: 2024, month: 1, day: 1)!.weekday == 0, "a Monday")
    }

    @Test(arguments: [
        (0, 1, 1), (10_000, 1, 1), (1998, 0, 1), (1998, 13, 1), (1998, 4, 31), (1900, 2, 29),
        (2023, 2, 29), (1998, 5, 0), (1998, 5, 32),
    ])
    func daysThatAreNone(_ year: Int, _ month: Int, _ day: Int) {
        #expect(CalendarDate(year: year, month: month, day: day) == nil)
    }

    @Test func isoHasZeros() {
        #expect(CalendarDate(year: 98, month: 5, day: 3)!.iso == "0098-05-03")
        #expect(CalendarDate(year: 2000, month: 12, day: 31)!.iso == "2000-12-31")
    }
}
