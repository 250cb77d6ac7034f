/// How far forecasts are from what came, on standardised values.
public struct ForecastErrors: Equatable, Sendable {
    /// Values that were forecast.
    public private(set) var count = 0
    private var squares = 0.0
    private var absolutes = 0.0

    public init() {}

    /// Mean squared error.
    public var mse: Double { squares / Double(count) }
    /// Mean absolute error.
    public var mae: Double { absolutes / Double(count) }

    public mutating func add(forecast: Double, actual: Double) {
        let error = forecast - actual
        squares += error * error
        absolutes += abs(error)
        count += 1
    }
}
