import CKernels
import SeqNet
import Testing

struct RandomTests {
    @Test func numbersAreThoseOfPhilox() {
        var random = Random(seed: 7, stream: 9)
        for index in 0..<5 {
            var words = [UInt32](repeating: 0, count: 4)
            sn_philox(&words, 7, 9, UInt64(index))
            #expect(random.next() == UInt64(words[1]) << 32 | UInt64(words[0]))
            #expect(random.next() == UInt64(words[3]) << 32 | UInt64(words[2]))
        }
    }

    /// Pins the algorithms: a change would change every generated data set and every run.
    @Test func drawsArePinned() {
        var random = Random(seed: 1, stream: 2)
        #expect((0..<8).map { _ in random.integer(below: 100) } == [55, 3, 85, 5, 35, 49, 39, 74])
        #expect(random.uniformDouble() == 0.20003296384656954)
        #expect(random.uniformFloat() == 0.03828436)
        var order = Array(0..<10)
        random.shuffle(&order)
        #expect(order == [9, 5, 7, 2, 0, 8, 1, 4, 3, 6])
    }

    @Test func seedsAndStreamsDiffer() {
        var first: Set<UInt64> = []
        for seed in 0..<10 {
            for stream in 0..<10 {
                var random = Random(seed: UInt64(seed), stream: UInt64(stream))
                first.insert(random.next())
            }
        }
        #expect(first.count == 100)
    }

    @Test func uniformNumbersFillTheUnitInterval() {
        var random = Random(seed: 3, stream: 0)
        let doubles = (0..<10_000).map { _ in random.uniformDouble() }
        let floats = (0..<10_000).map { _ in Double(random.uniformFloat()) }
        for numbers in [doubles, floats] {
            #expect(numbers.allSatisfy { 0 <= $0 && $0 < 1 })
            let mean = numbers.reduce(0, +) / 10_000
            // The standard deviation of the mean is 0.0029; the seed is fixed.
            #expect(abs(mean - 0.5) < 0.01)
        }
    }

    @Test(arguments: [1, 2, 3, 6, 1000, Int.max])
    func integersStayBelowTheBound(bound: Int) {
        var random = Random(seed: 4, stream: 0)
        for _ in 0..<1000 {
            let number = random.integer(below: bound)
            #expect(0 <= number && number < bound)
        }
    }

    @Test func integersAreUniform() {
        var random = Random(seed: 5, stream: 0)
        var counts = [Int](repeating: 0, count: 6)
        for _ in 0..<60_000 { counts[random.integer(below: 6)] += 1 }
        // The standard deviation of a count is 91; the seed is fixed.
        #expect(counts.allSatisfy { abs($0 - 10_000) < 400 })
    }

    @Test func aBoundThatFavoursSomeResultsStaysUniform() {
        // Without drawing again, 3·2^61 would give 2 mod 3 only a quarter of the time.
        let bound = 3 << 61
        var random = Random(seed: 6, stream: 0)
        var counts = [0, 0, 0]
        for _ in 0..<30_000 { counts[random.integer(below: bound) % 3] += 1 }
        // The standard deviation of a count is 82; the seed is fixed.
        #expect(counts.allSatisfy { abs($0 - 10_000) < 400 })
    }

    @Test func shufflingMakesEveryOrderEquallyLikely() {
        var random = Random(seed: 8, stream: 0)
        var counts: [[Int]: Int] = [:]
        for _ in 0..<6000 {
            var order = [0, 1, 2]
            random.shuffle(&order)
            counts[order, default: 0] += 1
        }
        #expect(counts.count == 6)
        // The standard deviation of a count is 29; the seed is fixed.
        #expect(counts.values.allSatisfy { abs($0 - 1000) < 120 })
    }

    @Test func shufflingNothingIsFine() {
        var random = Random(seed: 8, stream: 0)
        var empty: [Int] = []
        random.shuffle(&empty)
        #expect(empty.isEmpty)
        #expect(random.element(of: ["only"]) == "only")
    }
}
