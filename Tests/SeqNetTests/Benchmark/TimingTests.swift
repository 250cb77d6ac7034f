import Testing

@testable import SeqNet

struct TimingTests {
    @Test func runsAreCountedAndOrdered() {
        var calls = 0
        let timing = Timing(repeats: 5, parts: 2) { calls += 1 }
        #expect(calls == 8, "three runs warm up")
        #expect(timing.milliseconds.count == 5)
        #expect(timing.milliseconds == timing.milliseconds.sorted())
        #expect(timing.least <= timing.median && timing.median <= timing.greatest)
        #expect(timing.median == timing.milliseconds[2])
    }

    @Test func twoKindsOfWorkAlternate() {
        var order: [Int] = []
        let pair = Timing.alternating(repeats: 4, pause: 0, { order.append(1) }, { order.append(2) })
        // Three bouts, each of three runs that warm up and one or two that count.
        let bouts = [4, 4, 5].map { [Int](repeating: 1, count: $0) + [Int](repeating: 2, count: $0) }
        #expect(order == bouts.flatMap { $0 })
        #expect(pair.first.milliseconds.count == 4 && pair.second.milliseconds.count == 4)
        let middle = pair.first.milliseconds[1...2]
        #expect(pair.first.median == middle.reduce(0, +) / 2)
    }
}
