import Testing

@testable import SeqNet

struct StandardizationTests {
    private let series = Series(
        name: "text", columnNames: ["a", "b"], targets: 1, values: [1, 7, 3, 7, 100, 8])

    @Test func trainingRowsAloneDecide() throws {
        let standardization = try Standardization([SeriesPart(name: "part", series: series, rows: 0..<2)])
        #expect(standardization.means == [2, 7] && standardization.deviations == [1, 1])
        #expect(standardization.standardized(series) == [-1, 0, 1, 0, 98, 1])
        #expect(standardization.original(98, target: 0) == 100)
    }

    @Test func partsCountTogether() throws {
        let parts = [0..<1, 1..<2].map { SeriesPart(name: "part", series: series, rows: $0) }
        #expect(try Standardization(parts).means == [2, 7])
    }

    /// Equal numbers whose mean is rounded to another.
    @Test func aTargetThatNeverChangesIsRefused() {
        let constant = Series(
            name: "text", columnNames: ["a"], targets: 1, values: [Double](repeating: 0.1, count: 1003))
        let error = #expect(throws: SeqNetError.self) {
            try Standardization([SeriesPart(name: "part", series: constant, rows: 0..<1003)])
        }
        #expect(error?.kind == .badData && error?.message.contains("part: target 'a' never changes") == true)
    }
}
