/// An hourly series whose best forecast is known: the demand for heat and power of a made-up
/// town.
///
/// ```
/// demand(t) = 50 + 6·(t / 8736) + 4·sin(day) + 2·sin(2·day + 1/8 turn) + 3·sin(week)
///             + 0.8·max(0, 10 - temperature(t - 24)) + noise(t)
/// ```
///
/// The noise is drawn for each hour by itself, with a standard deviation of 1, so no forecast of
/// demand has a mean squared error below 1 in the units of the column. Up to 24 hours ahead a
/// forecast that sees the temperature comes close: what it must know lies in the last 24 hours.
/// The temperature has a daily wave and weather, which forgets half of itself within some 17
/// hours. The humidity has weather of its own and says nothing about demand.
///
/// On standardised values the bound is 1 / variance of demand over the training rows, which
/// ``leastError(trainingRows:)`` gives: 0.034 for the default size and seed and 70 % of the rows.
/// There, 24 hours ahead from 168, ridge regression comes to 0.167 from demand alone and to 0.097
/// with the temperature, whose effect is not linear; the last value repeated to 1.43.
public struct WavesDataSet: GeneratedDataSet {
    /// Two weeks at least, a hundred years at most.
    public static let sizes = 336...876_000
    /// 52 weeks.
    public static let defaultSize = 8736
    /// The variance of the noise in demand: the least mean squared error of any forecast.
    public static let noiseVariance = 1.0

    /// Rows by ascending time, an hour apart.
    public let rows: [WavesRow]

    /// Draws a series of `size` hours, from the start of Monday, 1 January 2024.
    /// - Throws: `SeqNetError(.usage)` when `size` is not in ``sizes``.
    public init(size: Int = defaultSize, seed: UInt64 = 1) throws {
        try Self.require(size: size, in: Self.sizes, of: "hours")
        var temperatureWeather = Weather(seed: seed, stream: 0)
        var humidityWeather = Weather(seed: seed, stream: 1)
        var noise = Noise(seed: seed, stream: 2)
        let phases = WeeklyPhases()
        // The demand of the first day answers to the day before it.
        let temperatures = (-24..<size).map { hour in
            9 + 4 * phases.sine(perDay: 1, hour: hour, turn: -9) + 4 * temperatureWeather.next()
        }
        rows = (0..<size).map { hour in
            let growth = 6 * Double(hour) / Double(Self.defaultSize)
            let day = 4 * phases.sine(perDay: 1, hour: hour)
                + 2 * phases.sine(perDay: 2, hour: hour, turn: 3)
            let heating = 0.8 * max(0, 10 - temperatures[hour])
            return WavesRow(
                hour: hour,
                demand: 50 + growth + day + 3 * phases.sine(perWeek: 1, hour: hour) + heating
                    + noise.next(),
                temperature: temperatures[hour + 24],
                humidity: 70 + 6 * humidityWeather.next())
        }
    }

    /// The least mean squared error on values that are standardised by the first rows.
    public func leastError(trainingRows: Int) -> Double {
        let values = rows.prefix(trainingRows).map(\.demand)
        let mean = values.reduce(0, +) / Double(values.count)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return Self.noiseVariance * Double(values.count) / squares
    }

    /// `waves.csv`: time, demand, temperature and humidity, to three decimals.
    public var files: [GeneratedFile] {
        let header = CSVText.line(["time", "demand", "temperature", "humidity"])
        return [GeneratedFile(name: "waves.csv", text: header + rows.map(\.line).joined())]
    }
}
