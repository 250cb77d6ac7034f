/// A forecast that a model is held against.
protocol ReferenceForecast {
    /// Writes the standardised values of one window, [horizon, targets].
    func write(_ windows: SeriesWindows, origin: Int, to forecast: inout [Double])
}

extension ReferenceForecast {
    /// Its errors over all windows of some parts.
    func errors(on parts: [SeriesWindows]) -> ForecastErrors {
        var errors = ForecastErrors()
        for windows in parts {
            let targets = windows.targets, horizon = windows.shape.horizon
            var forecast = [Double](repeating: 0, count: horizon * targets)
            for origin in windows.origins {
                write(windows, origin: origin, to: &forecast)
                for index in forecast.indices {
                    let actual = windows.value(
                        row: origin + index / targets, column: index % targets)
                    errors.add(forecast: forecast[index], actual: actual)
                }
            }
        }
        return errors
    }
}
