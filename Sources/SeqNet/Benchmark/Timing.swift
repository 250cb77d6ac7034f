#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

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

    /// - Throws: `.usage` for a number of runs out of range.
    static func check(repeats: Int) throws { try BenchmarkSize.check("--repeats", repeats) }

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

    /// Changes of turn when two kinds of work are timed.
    private static let bouts = 3
    /// Seconds before a turn, for the other side's threads to stop spinning: libomp's spin for 0.2
    /// seconds after their last work, and would take a core from the side that is timed.
    static let pause = 0.3

    /// Times two kinds of work in turn, so that a change of the machine's speed meets both.
    static func alternating(
        repeats: Int, parts: Int = 1, pause: Double = Self.pause, _ first: () -> Void, _ second: () -> Void
    ) -> (first: Timing, second: Timing) {
        precondition(repeats >= 1 && parts >= 1, "at least one run of one part")
        var times: ([Double], [Double]) = ([], [])
        for bout in 0..<bouts {
            let runs = repeats * (bout + 1) / bouts - repeats * bout / bouts
            guard runs > 0 else { continue }
            times.0 += turn(runs, parts, pause, first)
            times.1 += turn(runs, parts, pause, second)
        }
        return (Timing(times.0), Timing(times.1))
    }

    /// A pause, runs that are not counted, and runs that are.
    private static func turn(
        _ runs: Int, _ parts: Int, _ pause: Double, _ work: () -> Void
    ) -> [Double] {
        usleep(UInt32(pause * 1e6))
        for _ in 0..<warmUps { work() }
        return (0..<runs).map { _ in run(work, parts) }
    }

    private static func run(_ work: () -> Void, _ parts: Int) -> Double {
        ContinuousClock().measure(work).seconds * 1e3 / Double(parts)
    }
}
