import Testing

@testable import SeqNet

struct TimestampTests {
    @Test(arguments: [
        ("2016-07-01 18:30:05", 18 * 3600 + 30 * 60 + 5), ("2016-07-01T18:30:05Z", 18 * 3600 + 1805),
        ("2016-07-01 18:30", 18 * 3600 + 1800), ("2016-07-01", 0), ("2016-07", 0),
        ("2016-07-01T23:59:59", 86_399),
    ])
    func timesAreRead(_ text: String, _ second: Int) throws {
        let time = try #require(Timestamp(text))
        #expect(time.date == CalendarDate(year: 2016, month: 7, day: 1))
        #expect(time.secondOfDay == second)
    }

    @Test(arguments: [
        "", "2016", "2016-13", "2016-02-30", "16-07-01", "2016-7-1", "2016/07/01", "2016-07-01 24:00",
        "2016-07-01 12", "2016-07-01 12:60", "2016-07-01 12:00:60", "2016-07 12:00", "2016-07-01 ",
        "2016-07-01 12:00 PM", "+016-07-01", "2016-07-01 12:00:00.5", "1.5", "date",
    ])
    func othersAreNot(_ text: String) { #expect(Timestamp(text) == nil) }

    @Test func secondsGoOnOverMidnight() throws {
        let before = try #require(Timestamp("2016-02-29 23:30"))
        let after = try #require(Timestamp("2016-03-01"))
        #expect(after.seconds - before.seconds == 1800)
    }
}
