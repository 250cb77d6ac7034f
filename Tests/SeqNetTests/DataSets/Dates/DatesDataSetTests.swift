import Testing

@testable import SeqNet

struct DatesDataSetTests {
    private static let data = try! DatesDataSet()
    private var parts: DataSetParts<WrittenDate> { Self.data.parts }
    private var dates: [WrittenDate] { parts.train + parts.valid + parts.test }

    @Test func noDateIsInTwoLines() {
        #expect(dates.count == 11_000)
        #expect(Set(dates.map(\.iso)).count == dates.count)
    }

    /// Digits, month and weekday of every text are those of its date.
    @Test func textsSayTheDate() throws {
        for date in dates {
            let read = try #require(DateReader.date(in: date.text), "\(date.text)")
            #expect(read.iso == date.iso, "\(date.text)")
        }
    }

    @Test func everyFormIsDrawn() {
        let shapes = Set(parts.train.map { DateReader.shape(of: $0.text) })
        #expect(shapes.count > 40, "20 forms, capitals")
        let tested = Set(parts.test.map { DateReader.shape(of: $0.text) })
        #expect(tested.isSubset(of: shapes))
    }

    @Test(arguments: [
        (1, "1st", "first"), (2, "2nd", "second"), (3, "3rd", "third"), (11, "11th", "eleventh"),
        (12, "12th", "twelfth"), (13, "13th", "thirteenth"), (20, "20th", "twentieth"),
        (21, "21st", "twenty-first"), (23, "23rd", "twenty-third"), (29, "29th", "twenty-ninth"),
        (30, "30th", "thirtieth"), (31, "31st", "thirty-first"),
    ])
    func ordinals(_ day: Int, _ digits: String, _ word: String) {
        let words = DateWords(CalendarDate(year: 1998, month: 5, day: day)!)
        #expect(words.ordinal == digits && words.ordinalWord == word)
    }

    @Test func textOfASeedStaysTheSame() throws {
        #expect(try DatesDataSet(size: 500, seed: 3).checksum == "0f7bcc2e")
        #expect(try DatesDataSet(size: 500, seed: 4).checksum != "0f7bcc2e")
        #expect(parts.train[0].text == "the 27th of February 2145")
        let lines = Self.data.files[2].text.split(separator: "\n")
        #expect(lines[0] == "\(parts.test[0].text)\t\(parts.test[0].iso)" && lines.count == 500)
    }
}
