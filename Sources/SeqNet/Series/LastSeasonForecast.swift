/// The seasonal naive forecast: every value to come is that of the same time a season before, the
/// last such time that was seen.
struct LastSeasonForecast: ReferenceForecast {
    /// Rows of a season.
    let season: Int

    /// nil when some window has less than a season before what it forecasts.
    init?(season: Int, on parts: [SeriesWindows]) {
        guard season >= 1, parts.allSatisfy({ $0.origins.lowerBound >= season }) else { return nil }
        self.season = season
    }

    func write(_ windows: SeriesWindows, origin: Int, to forecast: inout [Double]) {
        for index in forecast.indices {
            let step = index / windows.targets
            forecast[index] = windows.value(
                row: origin - season + step % season, column: index % windows.targets)
        }
    }
}
