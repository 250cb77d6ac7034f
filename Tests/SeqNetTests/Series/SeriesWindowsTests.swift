import Testing

@testable import SeqNet

struct SeriesWindowsTests {
    /// Two columns: 0, 1, 2 … and their negatives times ten; the standardisation changes nothing.
    private func windows(
        rows: Range<Int>, of count: Int, context: Int, horizon: Int, targets: Int = 1
    ) throws -> SeriesWindows {
        let series = Series(
            name: "text", columnNames: ["a", "b"], targets: targets,
            values: (0..<count).flatMap { [Double($0), Double(-10 * $0)] })
        return try SeriesWindows(
            SeriesPart(name: "test part", series: series, rows: rows),
            Standardization(means: [0, 0], deviations: [1, 1]),
            WindowShape(context: context, horizon: horizon))
    }

    @Test func targetsLieInThePartAndContextsMayReachBack() throws {
        #expect(try windows(rows: 5..<10, of: 20, context: 4, horizon: 3).origins == 5..<8)
        #expect(try windows(rows: 5..<10, of: 20, context: 7, horizon: 3).origins == 7..<8)
        #expect(try windows(rows: 0..<10, of: 20, context: 7, horizon: 3).origins == 7..<8)
        #expect(try windows(rows: 5..<6, of: 20, context: 1, horizon: 1).count == 1)
    }

    @Test(arguments: [(0..<9, 7, 3), (5..<7, 1, 3), (5..<10, 8, 3)])
    func tooFewRowsAreRefused(_ rows: Range<Int>, _ context: Int, _ horizon: Int) {
        let error = #expect(throws: SeqNetError.self) {
            try windows(rows: rows, of: 20, context: context, horizon: horizon)
        }
        #expect(error?.kind == .badData)
        #expect(error?.message.hasPrefix("test part: has \(rows.count) rows and") == true)
    }

    @Test func shapesHaveRows() {
        for (context, horizon, option) in [(0, 1, "--context 0"), (1, -1, "--horizon -1")] {
            let error = #expect(throws: SeqNetError.self) {
                try WindowShape(context: context, horizon: horizon)
            }
            #expect(error?.kind == .usage && error?.message.hasPrefix(option) == true)
        }
    }

    @Test func inputsAreTimeMajorAndTargetsAreNot() throws {
        let parts = [try windows(rows: 0..<20, of: 20, context: 2, horizon: 3)]
        let batch = SeriesBatch(
            parts, [WindowPlace(part: 0, origin: 5), WindowPlace(part: 0, origin: 12)],
            base: .zero)
        #expect(batch.layout.lengths == [2, 2])
        #expect(batch.inputs == [3, -30, 10, -100, 4, -40, 11, -110])
        #expect(batch.targets == [5, 6, 7, 12, 13, 14])
        #expect(batch.bases == [0, 0, 0, 0, 0, 0])
    }

    @Test func targetsCountFromTheirLastValue() throws {
        let parts = [
            try windows(rows: 0..<20, of: 20, context: 2, horizon: 2, targets: 2),
            try windows(rows: 0..<9, of: 9, context: 2, horizon: 2, targets: 2),
        ]
        let places = [WindowPlace(part: 1, origin: 5), WindowPlace(part: 0, origin: 12)]
        let batch = SeriesBatch(parts, places, base: .lastValue)
        #expect(batch.bases == [4, -40, 4, -40, 11, -110, 11, -110])
        #expect(batch.inputs == [-1, 10, -1, 10, 0, 0, 0, 0])
        #expect(batch.targets == [1, -10, 2, -20, 1, -10, 2, -20])
        let one = [try windows(rows: 0..<20, of: 20, context: 2, horizon: 2)]
        let feature = SeriesBatch(one, [WindowPlace(part: 0, origin: 5)], base: .lastValue)
        #expect(feature.inputs == [-1, -30, 0, -40], "features stay as they are")
    }

    @Test func anEpochHoldsEveryWindowOnce() throws {
        let parts = [
            try windows(rows: 0..<20, of: 20, context: 2, horizon: 3),
            try windows(rows: 0..<9, of: 9, context: 2, horizon: 3),
        ]
        let batches = WindowBatches(parts, batchSize: 4, seed: 1)
        let inOrder = batches.batchesInOrder().flatMap { $0 }
        #expect(inOrder.count == 21 && batches.count == 6)
        #expect(inOrder.map(\.origin) == Array(2..<18) + Array(2..<7))
        let first = batches.batches(epoch: 0)
        #expect(first.map(\.count) == [4, 4, 4, 4, 4, 1])
        #expect(Set(first.joined()) == Set(inOrder) && Array(first.joined()) != inOrder)
        #expect(first == WindowBatches(parts, batchSize: 4, seed: 1).batches(epoch: 0))
        #expect(first != batches.batches(epoch: 1))
        #expect(first != WindowBatches(parts, batchSize: 4, seed: 2).batches(epoch: 0))
    }
}
