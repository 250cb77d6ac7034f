@testable import SeqNet
import Testing

struct AxisTests {
    /// Ranges of every size and place, from nearly nothing to nearly everything.
    private static let ranges: [(Double, Double)] = [
        (0, 1), (1.4, 2.6), (-3, 7), (0, 64), (1, 10), (0.0019, 0.0021), (1e-12, 3e-12),
        (1_000_000, 1_050_000), (-2e8, 5e8), (0, 1e299), (-9e299, 9e299), (5, 5), (0, 0),
        (-0.3, -0.3), (1, 1.0000000000000002), (100, 100.0001), (1e-299, 1e-298),
    ]

    @Test(arguments: ranges, [3, 4, 5, 7, 8])
    func verticalAxisHasGoodTicks(_ range: (Double, Double), _ most: Int) {
        let axis = Axis.vertical([range.0, range.1], isLogarithmic: false, most: most)
        expectGoodTicks(axis, most: most)
        #expect(axis.ticks.first == axis.low && axis.ticks.last == axis.high)
        expectHolds(axis, range)
    }

    @Test(arguments: ranges, [4, 6, 8])
    func horizontalAxisHasGoodTicks(_ range: (Double, Double), _ most: Int) {
        let axis = Axis.horizontal([range.0, range.1], most: most)
        expectGoodTicks(axis, most: most)
        expectHolds(axis, range)
    }

    @Test(
        arguments: [
            (1, 10), (90, 790), (2e-14, 1), (3, 3), (1e-299, 1e299), (0.5, 0.6), (1e-5, 1e-4),
            (4.9, 5.1), (999, 1001), (1, 1e5),
        ] as [(Double, Double)], [3, 5, 7])
    func logarithmicAxisHasGoodTicks(_ range: (Double, Double), _ most: Int) {
        let axis = Axis.vertical([range.0, range.1], isLogarithmic: true, most: most)
        expectGoodTicks(axis, most: most)
        #expect(axis.ticks.first == axis.low)
        expectHolds(axis, range)
    }

    @Test func ticksAreNiceNumbers() {
        #expect(
            Axis.vertical([1.43, 2.58], isLogarithmic: false, most: 7).ticks
                == [1.4, 1.6, 1.8, 2, 2.2, 2.4, 2.6])
        #expect(
            Axis.vertical([90, 790], isLogarithmic: true, most: 7).ticks
                == [50, 100, 200, 500, 1000])
        #expect(
            Axis.vertical([2e-14, 1], isLogarithmic: true, most: 5).labels
                == ["1e-14", "1e-10", "1e-6", "1e-2"])
    }

    @Test func horizontalAxisEndsAtTheValues() {
        let axis = Axis.horizontal([1, 10], most: 6)
        #expect(axis.low == 1 && axis.high == 10)
        #expect(axis.labels == ["2", "4", "6", "8", "10"])
    }

    @Test func wholeNumbersHaveWholeTicks() {
        #expect(Axis.horizontal([1, 2, 3], most: 8).labels == ["1", "2", "3"])
        #expect(Axis.horizontal([1, 2.5], most: 4).labels == ["1.0", "1.5", "2.0", "2.5"])
        #expect(Axis.horizontal([1], most: 8).labels == ["1"])
    }

    @Test func equalValuesLieInTheMiddle() {
        #expect(Axis.horizontal([3, 3], most: 6).position(3) == 0.5)
        #expect(Axis.horizontal([0], most: 6).position(0) == 0.5)
        #expect(Axis.vertical([1], isLogarithmic: true, most: 5).ticks == [0.5, 1, 2])
    }

    @Test func noValuesGiveAnAxisToo() {
        #expect(Axis.horizontal([], most: 4).labels == ["0", "1"])
        #expect(Axis.vertical([], isLogarithmic: true, most: 5).labels == ["0.5", "1", "2"])
    }

    @Test func labelsAreWrittenInOneWay() {
        #expect(
            Axis.vertical([0, 3e-6], isLogarithmic: false, most: 4).labels
                == ["0", "1e-6", "2e-6", "3e-6"])
        #expect(
            Axis.vertical([1_000_000, 1_050_000], isLogarithmic: false, most: 4).labels
                == ["1.00e6", "1.02e6", "1.04e6", "1.06e6"])
    }

    @Test func holdsOnlyWhatCanBeDrawn() {
        for value in [Double.nan, .infinity, -.infinity, 1e301, -1e301] {
            #expect(!Axis.holds(value, isLogarithmic: false))
            #expect(!Axis.holds(value, isLogarithmic: true))
        }
        for value in [0, -1, 5e-324] {
            #expect(Axis.holds(value, isLogarithmic: false))
            #expect(!Axis.holds(value, isLogarithmic: true))
        }
        #expect(Axis.holds(1e-299, isLogarithmic: true))
    }

    @Test(arguments: [1, 1.1, 2, 2.5, 5, 9.9, 10, 1e-7, 3e200, 0.3, 1e-299])
    func stepsAreTheSmallestNiceOnes(_ least: Double) {
        let step = NiceStep(atLeast: least)
        #expect([1, 2, 5].contains(step.digit))
        #expect(step.value >= least * 0.99999)
        #expect(step.value <= least * 2.5)
    }

    private func expectGoodTicks(
        _ axis: Axis, most: Int, location: SourceLocation = #_sourceLocation
    ) {
        #expect((1...most).contains(axis.ticks.count), sourceLocation: location)
        #expect(zip(axis.ticks, axis.ticks.dropFirst()).allSatisfy(<), sourceLocation: location)
        #expect(Set(axis.labels).count == axis.ticks.count, sourceLocation: location)
        for tick in axis.ticks {
            #expect((-1e-5...1.00001).contains(axis.position(tick)), sourceLocation: location)
        }
    }

    private func expectHolds(
        _ axis: Axis, _ range: (Double, Double), location: SourceLocation = #_sourceLocation
    ) {
        #expect((-1e-5...1.00001).contains(axis.position(range.0)), sourceLocation: location)
        #expect((-1e-5...1.00001).contains(axis.position(range.1)), sourceLocation: location)
    }
}
