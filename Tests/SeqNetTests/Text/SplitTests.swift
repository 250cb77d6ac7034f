import SeqNet
import Testing

@Suite struct SplitTests {
    private func ends(_ split: Split, _ count: Int) -> [Int] {
        let ends = split.ends(of: count)
        return [ends.train, ends.validation, ends.test]
    }

    @Test func fractionsCutWhereDecimalsSay() throws {
        #expect(ends(try Split("0.9,0.05,0.05"), 1_115_394) == [1_003_854, 1_059_624, 1_115_394])
        #expect(ends(try Split("0.29,0.29,0.42"), 100) == [29, 58, 100])
        #expect(ends(try Split("0.5,0.25"), 10) == [5, 7, 7])
        #expect(ends(try .fractions(train: 1, validation: 0), 7) == [7, 7, 7])
        #expect(
            ends(try .fractions(train: 0.7, validation: 0.2, test: 0.1), 10_000_000_019)
                == [7_000_000_013, 9_000_000_017, 10_000_000_019])
    }

    @Test func rowsAreTakenAsTheyAre() throws {
        #expect(ends(try Split("20000,1000,500"), 0) == [20000, 21000, 21500])
        #expect(ends(try .rows(train: 3, validation: 0), 100) == [3, 3, 3])
    }

    @Test func theSumTellsFractionsFromRows() throws {
        #expect(try Split("0.9,0.05,0.05").unit == .fractions)
        #expect(try Split("1,0").unit == .fractions)
        #expect(try Split("1,1").unit == .rows)
        #expect(try Split("0.1,0.2,0.7") == .fractions(train: 0.1, validation: 0.2, test: 0.7))
        #expect(try Split("8,2") == .rows(train: 8, validation: 2))
    }

    @Test func partsThatAreZeroAreAbsent() throws {
        let split = try Split("0.9,0.1")
        #expect(split.hasValidation && !split.hasTest)
        #expect(try !Split("1,0").hasValidation)
        #expect(try Split("8,0,2").hasTest)
    }

    @Test func descriptionIsWhatIsTyped() throws {
        for argument in ["0.9,0.05,0.05", "0.9,0.1", "20000,1000,500"] {
            #expect(try Split(argument).description == argument)
        }
    }

    @Test(arguments: [
        ("0.9", "must be two or three numbers, such as 0.9,0.05,0.05 or 20000,1000,1000"),
        ("0.9,x", "must be two or three numbers, such as 0.9,0.05,0.05 or 20000,1000,1000"),
        ("0.9,,0.1", "must be two or three numbers, such as 0.9,0.05,0.05 or 20000,1000,1000"),
        ("1,2,3,4", "must be two or three numbers, such as 0.9,0.05,0.05 or 20000,1000,1000"),
        ("0,0.5", "the first number must be greater than 0, the others not negative"),
        ("0.9,-0.1", "the first number must be greater than 0, the others not negative"),
        ("0.9,0.2", "must be fractions that sum to at most 1, or whole numbers of rows"),
        ("10.5,2", "must be fractions that sum to at most 1, or whole numbers of rows"),
    ])
    func nonsenseIsRefused(_ argument: String, _ what: String) throws {
        let error = #expect(throws: SeqNetError.self) { try Split(argument) }
        #expect(error?.kind == .usage)
        #expect(error?.message == "--split \(argument): \(what)")
    }

    @Test(arguments: ["nan,0.5", "inf,1", "1e300,5", "9223372036854775807,9223372036854775807"])
    func numbersBeyondAllRowsAreRefused(_ argument: String) {
        let error = #expect(throws: SeqNetError.self) { try Split(argument) }
        #expect(error?.kind == .usage)
    }

    @Test func fractionsBeyondOneAreRefused() {
        #expect(
            throws: SeqNetError(
                .usage, "--split 0.9,0.2: the fractions sum to 1.1; they must not exceed 1")
        ) {
            try Split.fractions(train: 0.9, validation: 0.2)
        }
    }
}
