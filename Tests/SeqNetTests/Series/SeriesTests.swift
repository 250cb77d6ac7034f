import Testing

@testable import SeqNet

struct SeriesTests {
    private let folder: TextFolder

    init() throws { folder = try TextFolder() }

    private func read(
        _ text: String, targets: [String] = ["a"], features: [String] = []
    ) throws -> Series {
        try Series(
            contentsOf: folder.add("data.csv", text),
            columns: SeriesColumns(targets: targets, features: features))
    }

    @Test func targetsComeFirst() throws {
        let series = try read(
            "t,a,b,c\nx,1,2,3\ny,-4.5,5e-1, 6 \n", targets: ["c", "a"], features: ["b"])
        #expect(series.columnNames == ["c", "a", "b"] && series.targets == 2 && series.rows == 2)
        #expect(series.values == [3, 1, 2, 6, -4.5, 0.5])
        #expect(series.timeStep == nil && series.season == nil)
    }

    @Test func columnsMayBeNumbers() throws {
        #expect(try read("t,a\nx,1\n", targets: ["2"]).columnNames == ["a"])
        #expect(try read("2,a\n7,1\n", targets: ["2"]).values == [7], "a name goes before a number")
    }

    @Test func timesBecomeFeatures() throws {
        let series = try read(
            "a,date\n1,2016-07-01 06:00:00\n2,2016-07-01 12:00:00\n", features: ["hour-of-day"])
        #expect(series.columnNames == ["a", "hour-of-day sine", "hour-of-day cosine"])
        for (value, expected) in zip(series.values, [1, 1, 0, 2, 0, -1] as [Double]) {
            #expect(abs(value - expected) < 1e-12)
        }
        let named = try read(
            "a,hour-of-day,date\n1,7,2016-07-01\n", features: ["hour-of-day"])
        #expect(named.columnNames == ["a", "hour-of-day"], "a name of the header goes first")
    }

    @Test(arguments: [
        ("2016-07-01 00:00", "2016-07-01 01:00", 24), ("2016-07-01 00:00", "2016-07-01 00:15", 96),
        ("2016-07-01", "2016-07-02", 7), ("2016-07-01", "2016-07-08", 52), ("2016-02", "2016-03", 12),
        ("2016-07", "2016-08", 12), ("2016-01", "2016-04", 4),
    ])
    func aSeasonFollowsFromTheTimes(_ first: String, _ second: String, _ season: Int) throws {
        #expect(try read("date,a\n\(first),1\n\(second),2\n").season == season)
    }

    @Test(arguments: [
        ("2016-07-01 00:00", "2016-07-01 07:00"), ("2016-07-01", "2016-07-03"),
        ("2016-07-01", "2016-07-01"), ("2016-07-02", "2016-07-01"), ("2016", "2017"),
    ])
    func otherStepsHaveNoSeason(_ first: String, _ second: String) throws {
        #expect(try read("date,a\n\(first),1\n\(second),2\n").season == nil)
    }

    @Test(arguments: [
        ("t,a\nx,1\ny,NaN\n", "line 3: column 'a' holds 'NaN', not a number"),
        ("t,a\nx,1\ny,inf\n", "line 3: column 'a' holds 'inf', not a number"),
        ("t,a\nx,1\ny,\n", "line 3: column 'a' is empty, not a number"),
        ("t,a\nx,high\n", "line 2: column 'a' holds 'high', not a number"),
        ("t,a\nx,1e39\n", "line 2: column 'a' holds '1e39'"), ("t,a\nx,0x10\n", "line 2: column 'a' holds"),
        ("t,a\nx,1 2\n", "line 2: column 'a' holds '1 2'"), ("t;a\n1;2\n", "no such column; there are: t;a"),
        ("t,a\nx,1,2\n", "line 2: has 3 fields"), ("t,b\nx,1\n", "--target a: "),
        ("t,a\n", "holds no rows below a header"), ("", "holds no rows"),
    ])
    func faultyFilesAreRefused(_ text: String, _ expected: String) throws {
        let error = #expect(throws: SeqNetError.self) { try read(text) }
        #expect(error?.message.contains(expected) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("data.csv'") == true)
    }

    @Test func faultyTimesAreRefused() throws {
        let missing = #expect(throws: SeqNetError.self) {
            try read("t,a\nx,1\n", features: ["day-of-week"])
        }
        #expect(missing?.kind == .usage)
        #expect(missing?.message.contains("--features day-of-week: no column of") == true)
        let wrong = #expect(throws: SeqNetError.self) {
            try read("t,a\n2016-07-01,1\n1 July,2\n", features: ["day-of-week"])
        }
        #expect(wrong?.kind == .badData)
        #expect(wrong?.message.contains("line 3: column 't' holds '1 July', not a time") == true)
    }

    @Test func columnsAreNamedOnce() {
        for (targets, features, expected) in [
            ([], [], "--target: name at least one"), (["a", "a"], [], "--target a: is named twice"),
            (["a"], ["b", "b"], "--features b: is named twice"), (["a"], ["a"], "--features a: is a target"),
        ] as [([String], [String], String)] {
            let error = #expect(throws: SeqNetError.self) {
                try SeriesColumns(targets: targets, features: features)
            }
            #expect(error?.kind == .usage && error?.message.contains(expected) == true)
        }
    }
}
