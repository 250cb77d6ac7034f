/// What a benchmark of kernels came to.
public struct BenchmarkResult {
    /// What was run: options of the command line in snake_case.
    public let options: [String: JSONValue]
    public let timing: Timing
    /// Floating-point operations of one run.
    public let operations: Double
    /// The machine's limits, measured in the same run.
    public let machine: MachineMoment
    /// Results that only this benchmark has.
    public let more: [String: JSONValue]

    public var gigaflops: Double { operations / timing.median / 1e6 }
    public var fractionOfPeak: Double { gigaflops / machine.gigaflops }

    /// As `seqnet bench --json` prints it.
    public var json: JSONValue {
        let measured: [String: JSONValue] = [
            "median_ms": .number(timing.median), "min_ms": .number(timing.least),
            "max_ms": .number(timing.greatest), "gflops": .number(gigaflops),
            "peak_gflops": .number(machine.gigaflops), "fraction_of_peak": .number(fractionOfPeak),
            "instructions_per_ns": .number(machine.instructionsPerNanosecond),
        ]
        return .object(options.merging(measured) { $1 }.merging(more) { $1 })
    }
}
