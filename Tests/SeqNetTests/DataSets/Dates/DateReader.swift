@testable import SeqNet

/// Reads a date as a person would: by its words and numbers, whatever their order.
enum DateReader {
    static func date(in text: String) -> CalendarDate? {
        let words = text.lowercased().split { " ,./".contains($0) }.map(String.init)
            .flatMap { ordinals[$0] == nil ? $0.split(separator: "-").map(String.init) : [$0] }
        if words.count == 1, words[0].count == 8 { return compact(words[0]) }
        var year: Int?, month: Int?, day: Int?, weekday: Int?
        for word in words {
            if let number = Int(word), word.count == 4 {
                year = number
            } else if let number = Int(word) ?? ordinals[word] ?? ordinalNumber(word) {
                // The year first, then all are numbers: the month stands before the day.
                if year != nil && month == nil { month = number } else { day = number }
            } else if let index = months.firstIndex(where: { $0 == word || $0.prefix(3) == word }) {
                month = index + 1
            } else if let index = romans.firstIndex(of: word) {
                month = index + 1
            } else if let index = weekdays.firstIndex(where: { $0 == word || $0.prefix(3) == word }) {
                weekday = index
            } else if word != "the" && word != "of" {
                return nil
            }
        }
        guard let year, let month, let day else { return nil }
        let date = CalendarDate(year: year, month: month, day: day)
        return weekday == nil || weekday == date?.weekday ? date : nil
    }

    /// The form: letters and digits alike.
    static func shape(of text: String) -> String {
        var shape = ""
        for character in text {
            let kind: Character =
                character.isNumber ? "0" : !character.isLetter ? character : character.isUppercase ? "A" : "a"
            if shape.last != kind { shape.append(kind) }
        }
        return shape
    }

    private static func compact(_ digits: String) -> CalendarDate? {
        guard let number = Int(digits) else { return nil }
        return CalendarDate(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }

    private static func ordinalNumber(_ word: String) -> Int? {
        ["st", "nd", "rd", "th"].contains(word.suffix(2)) ? Int(word.dropLast(2)) : nil
    }

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october", "november", "december",
    ]
    private static let romans = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii",
    ]
    private static let weekdays = [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]
    private static let ordinals: [String: Int] = {
        let ones = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
        let teens = [
            "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
            "seventeenth", "eighteenth", "nineteenth", "twentieth",
        ]
        let words = ones + teens + ones.map { "twenty-" + $0 } + ["thirtieth", "thirty-first"]
        return Dictionary(uniqueKeysWithValues: zip(words, 1...))
    }()
}
