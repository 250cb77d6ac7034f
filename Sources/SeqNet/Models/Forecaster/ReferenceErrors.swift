/// The errors of the forecasts that a model is held against, over some windows.
public struct ReferenceErrors: Equatable, Sendable {
    /// Of the last value, repeated.
    public let lastValue: ForecastErrors
    /// Of the values a season before; nil where there are none.
    public let lastSeason: ForecastErrors?
    /// Of ridge regression on the same values; nil of too many of them.
    public let linear: ForecastErrors?
    /// Why one of them is nil.
    public let notes: [String]

    init(_ model: Forecaster, on part: ForecasterPart) {
        var notes: [String] = []
        lastValue = LastValueForecast().errors(on: part.windows)
        if let season = model.profile.season {
            lastSeason = LastSeasonForecast(season: season, on: part.windows)?.errors(on: part.windows)
            if lastSeason == nil {
                notes.append(
                    "\(part.name): no forecast by the season before, as some windows have less than "
                        + "its \(season) rows before them; a longer --context has them all")
            }
        } else {
            lastSeason = nil
            notes.append(
                "\(part.name): no forecast by the season before, as the training files have no column "
                    + "of times whose step tells a season")
        }
        linear = model.linear?.errors(on: part.windows)
        if linear == nil {
            notes.append(
                "\(part.name): no linear forecast, which is worked out for at most "
                    + "\(LinearForecast.greatestInputs) values of a context")
        }
        self.notes = notes
    }
}
