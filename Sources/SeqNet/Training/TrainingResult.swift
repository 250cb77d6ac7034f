#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The outcome of a run.
public struct TrainingResult: Sendable {
    public let task: String
    /// Single weights.
    public let parameters: Int
    public let epochs: Int
    /// Updates.
    public let steps: Int
    public let tokens: Int
    /// Of the training steps alone, in this process; nil when there were none.
    public let tokensPerSecond: Double?
    /// Of this process, all in all.
    public let seconds: Double
    public let peakRSSBytes: Int
    public let trainLoss: Double?
    public let valid: JSONValue?
    public let test: JSONValue?
    public let skipped: Int
    /// `epochs`, `max_steps`, `patience`, `interrupt` or `terminate`.
    public let stoppedBy: String
    /// Path of the best model.
    public let model: String

    /// As `seqnet train --json` prints it.
    public var json: JSONValue {
        .object([
            "task": .string(task), "parameters": .integer(parameters), "epochs": .integer(epochs),
            "steps": .integer(steps), "tokens": .integer(tokens),
            "tokens_per_second": tokensPerSecond.map { .number($0) } ?? .null,
            "seconds": .number(seconds), "peak_rss_bytes": .integer(peakRSSBytes),
            "train_loss": trainLoss.map { .number($0) } ?? .null, "valid": valid ?? .null,
            "test": test ?? .null, "skipped": .integer(skipped), "stopped_by": .string(stoppedBy),
            "model": .string(model),
        ])
    }

    /// The most memory this process has had resident.
    public static func peakResidentBytes() -> Int {
        var usage = rusage()
        #if os(Linux)
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss * 1024
        #else
        getrusage(RUSAGE_SELF, &usage)
        return usage.ru_maxrss
        #endif
    }
}
