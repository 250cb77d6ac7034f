/// How many rows a forecaster reads, and how many it forecasts from there.
public struct WindowShape: Equatable, Sendable {
    /// Rows that are read.
    public let context: Int
    /// Rows that follow them and are forecast.
    public let horizon: Int

    /// The most rows that are taken for meant.
    private static let mostRows = 1_000_000

    /// - Throws: `usage` unless both are at least 1 and at most a million.
    public init(context: Int, horizon: Int) throws {
        try RecurrentConfiguration.check("context", context, atMost: Self.mostRows)
        try RecurrentConfiguration.check("horizon", horizon, atMost: Self.mostRows)
        self.context = context
        self.horizon = horizon
    }

    /// Rows of a window.
    var rows: Int { context + horizon }
}
