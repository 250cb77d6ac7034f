/// How long some work takes, over several runs.
public struct Timing: Sendable {
    /// Milliseconds of each run, ascending.
    public let milliseconds: [Double]

    public var median: Double {
        let middle = milliseconds.count / 2
        return milliseconds.count % 2 == 1
            ? milliseconds[middle] : (milliseconds[middle - 1] + milliseconds[middle]) / 2
    }
    public var least: Double { milliseconds.first! }
    public var greatest: Double { milliseconds.last! }

    /// Runs that are not counted: memory is then in place and the threads are awake.
    private static let warmUps = 3

    /// - Throws: `.usage` for a number of runs below 1.
    static func check(repeats: Int) throws {
        guard repeats >= 1 else {
            throw SeqNetError(.usage, "--repeats \(repeats): give at least 1")
        }
    }

    /// Times `work`, after some runs that are not counted.
    /// - Parameters:
    ///   - repeats: counted runs, at least 1.
    ///   - parts: equal parts of a run; the times are those of one part.
    init(repeats: Int, parts: Int = 1, _ work: () -> Void) {
        precondition(repeats >= 1 && parts >= 1, "at least one run of one part")
        for _ in 0..<Self.warmUps { work() }
        milliseconds = (0..<repeats).map { _ in Self.run(work, parts) }.sorted()
    }

    private init(_ milliseconds: [Double]) { self.milliseconds = milliseconds.sorted() }

    /// Times two kinds of work in turn, so that a change of the machine's speed meets both.
    static func alternating(
        repeats: Int, parts: Int = 1, _ first: () -> Void, _ second: () -> Void
    ) -> (first: Timing, second: Timing) {
        precondition(repeats >= 1 && parts >= 1, "at least one run of one part")
        for _ in 0..<warmUps {
            first()
            second()
        }
        let pairs = (0..<repeats).map { _ in (run(first, parts), run(second, parts)) }
        return (Timing(pairs.map(\.0)), Timing(pairs.map(\.1)))
    }

    private static func run(_ work: () -> Void, _ parts: Int) -> Double {
        ContinuousClock().measure(work).seconds * 1e3 / Double(parts)
    }
}
