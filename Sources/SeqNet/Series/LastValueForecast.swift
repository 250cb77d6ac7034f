/// The naive forecast: every value to come is the last one that was seen.
struct LastValueForecast: ReferenceForecast {
    func write(_ windows: SeriesWindows, origin: Int, to forecast: inout [Double]) {
        for index in forecast.indices {
            forecast[index] = windows.value(row: origin - 1, column: index % windows.targets)
        }
    }
}
