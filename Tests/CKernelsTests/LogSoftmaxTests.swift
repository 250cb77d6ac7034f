import CKernels
import Foundation
import TestSupport
import Testing

@Suite struct LogSoftmaxTests {
    private func run(
        _ x: [Float], rows: Int, _ set: InstructionSet, threads: Int = 1
    ) -> [Float] {
        var context = set.context(threads: threads)
        let input = AlignedFloats(x)
        let output = AlignedFloats(count: x.count)
        sn_log_softmax(&context, output.pointer, input.pointer, rows, x.count / rows)
        return output.values
    }

    /// x_i - log Σ exp(x), and that log.
    private func exact(_ x: [Float]) -> (values: [Double], normaliser: Double) {
        let greatest = Double(x.max()!)
        let normaliser = greatest + log(x.reduce(0) { $0 + exp(Double($1) - greatest) })
        return (x.map { Double($0) - normaliser }, normaliser)
    }

    @Test(arguments: InstructionSet.available)
    func equalsFloat64(set: InstructionSet) {
        for n in set.sizes + [1009, 5000] {
            var random = SeededRandom(1)
            let rows = 3
            let x = random.floats(rows * n, scale: 10)
            let y = run(x, rows: rows, set, threads: 2)
            for row in 0..<rows {
                let part = (row * n)..<((row + 1) * n)
                let (values, normaliser) = exact(Array(x[part]))
                let scale = values.map { max(abs($0), abs(normaliser), 1) }
                expectWithin(
                    Array(y[part]), values, bound: 3 * 0x1p-23, scale: scale, "row \(row), n \(n)")
            }
        }
    }

    @Test(arguments: InstructionSet.available)
    func rowsAndThreadsDoNotMatter(set: InstructionSet) {
        var random = SeededRandom(2)
        let n = 1031
        let rows = 60
        let x = random.floats(rows * n, scale: 10)
        let expected = (0..<rows).flatMap { run(Array(x[($0 * n)..<(($0 + 1) * n)]), rows: 1, set) }
        for threads in InstructionSet.threadCounts {
            expectSameBits(
                run(x, rows: rows, set, threads: threads), expected, "\(threads) threads")
        }
    }

    @Test(arguments: InstructionSet.available)
    func outputMayBeTheInput(set: InstructionSet) {
        var context = set.context()
        var random = SeededRandom(3)
        let x = random.floats(2 * 37)
        let inPlace = AlignedFloats(x)
        sn_log_softmax(&context, inPlace.pointer, inPlace.pointer, 2, 37)
        expectSameBits(inPlace.values, run(x, rows: 2, set), "in place")
    }

    @Test(arguments: InstructionSet.available)
    func extremeValues(set: InstructionSet) {
        #expect(run([5], rows: 1, set) == [0])
        #expect(run([1000, -1000], rows: 1, set) == [0, -2000])
        #expect(run([.nan, 1, 2], rows: 1, set).allSatisfy { $0.isNaN })
    }

    /// Minus infinity is a probability of zero: how a caller forbids an element.
    @Test(arguments: InstructionSet.available)
    func forbiddenElementsLeaveTheOthersAlone(set: InstructionSet) {
        for n in set.sizes where n > 1 {
            for place in [0, n / 2, n - 1] {
                var random = SeededRandom(4)
                var x = random.floats(n)
                x[place] = -.infinity
                var y = run(x, rows: 1, set)
                #expect(y[place] == -.infinity)
                x.remove(at: place)
                y.remove(at: place)
                let scale = [Double](repeating: 5, count: y.count)
                expectWithin(y, exact(x).values, bound: 3 * 0x1p-23, scale: scale, "n \(n)")
            }
        }
    }

    private func top(
        _ x: [Float], rows: Int, count: Int, _ set: InstructionSet, threads: Int = 1
    ) -> (values: [Float], ids: [Int32]) {
        var context = set.context(threads: threads)
        let input = AlignedFloats(x)
        let output = AlignedFloats(count: rows * count)
        var ids = [Int32](repeating: -1, count: rows * count)
        sn_log_softmax_top(
            &context, output.pointer, &ids, input.pointer, rows, x.count / rows, count)
        return (output.values, ids)
    }

    @Test(arguments: InstructionSet.available)
    func theTopOnesAreThoseOfTheWholeSorted(set: InstructionSet) {
        for n in set.sizes + [127, 128, 129, 1009] {
            var random = SeededRandom(3)
            let rows = 5
            // Few different values, so that many are equal.
            let x = random.floats(rows * n, scale: 8).map { $0.rounded() }
            let whole = run(x, rows: rows, set)
            for count in [1, 2, 10, n] where count <= n {
                let (values, ids) = top(x, rows: rows, count: count, set, threads: 2)
                for row in 0..<rows {
                    let own = Array(whole[row * n..<(row + 1) * n])
                    let order = own.indices.sorted { (own[$1], $0) < (own[$0], $1) }.prefix(count)
                    let part = row * count..<(row + 1) * count
                    #expect(ids[part].map(Int.init) == Array(order), "row \(row), n \(n)")
                    expectSameBits(Array(values[part]), order.map { own[$0] }, "row \(row), n \(n)")
                }
            }
        }
    }

    @Test(arguments: InstructionSet.available)
    func aRowWithNaNHasTopsOfTheVocabulary(set: InstructionSet) {
        var x = [Float](repeating: 1, count: 300)
        x[7] = .nan
        let (values, ids) = top(x, rows: 1, count: 9, set)
        #expect(values.allSatisfy { $0.isNaN })
        #expect(ids.allSatisfy { (0..<300).contains($0) } && Set(ids).count == 9)
    }
}
