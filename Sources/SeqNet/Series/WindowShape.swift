/// How many rows a forecaster reads, and how many it forecasts from there.
public struct WindowShape: Equatable, Sendable {
    /// Rows that are read.
    public let context: Int
    /// Rows that follow them and are forecast.
    public let horizon: Int

    /// - Throws: `usage` unless both are at least 1.
    public init(context: Int, horizon: Int) throws {
        for (option, rows) in [("--context", context), ("--horizon", horizon)] where rows < 1 {
            throw SeqNetError(.usage, "\(option) \(rows): must be at least 1 row")
        }
        self.context = context
        self.horizon = horizon
    }

    /// Rows of a window.
    var rows: Int { context + horizon }
}
