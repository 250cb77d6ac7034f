/// Some windows as a model reads them.
struct SeriesBatch {
    /// A sequence a window, all of `context` steps.
    let layout: PackedBatch
    /// [context·windows, columns], packed and time-major; targets count from their last value,
    /// unless the base is zero.
    let inputs: [Float]
    /// [windows, horizon·targets], the targets of a row side by side; empty unless asked for.
    let targets: [Float]
    /// What was subtracted from the targets, as they are laid out; standardised.
    let bases: [Double]

    /// - Parameters:
    ///   - parts: all of one shape and of the same columns.
    ///   - places: which windows of them, at least one.
    ///   - base: what the targets are counted from.
    ///   - linear: the linear forecast, where that is the base.
    ///   - hasTargets: whether the values to come are known and asked for.
    init(
        _ parts: [SeriesWindows], _ places: [WindowPlace], base: ForecastBase,
        linear: LinearForecast? = nil, hasTargets: Bool = true
    ) {
        let shape = parts[0].shape, columns = parts[0].columns, targets = parts[0].targets
        let outputs = shape.horizon * targets
        layout = PackedBatch(sequences: places.count, steps: shape.context)
        let bases = Self.bases(parts, places, base, linear)
        self.bases = bases
        inputs = Self.values(
            (-shape.context)..<0, parts, places, columns: columns, isTimeMajor: true
        ) { window, _, column in
            guard base != .zero, column < targets else { return 0 }
            let place = places[window]
            return parts[place.part].value(row: place.origin - 1, column: column)
        }
        self.targets =
            hasTargets
            ? Self.values(0..<shape.horizon, parts, places, columns: targets, isTimeMajor: false) {
                window, step, column in bases[window * outputs + step * targets + column]
            } : []
    }

    private static func bases(
        _ parts: [SeriesWindows], _ places: [WindowPlace], _ base: ForecastBase,
        _ linear: LinearForecast?
    ) -> [Double] {
        let targets = parts[0].targets
        var forecast = [Double](repeating: 0, count: parts[0].shape.horizon * targets)
        return places.flatMap { place in
            switch base {
            case .zero: break
            case .lastValue:
                LastValueForecast().write(parts[place.part], origin: place.origin, to: &forecast)
            case .linear: linear!.write(parts[place.part], origin: place.origin, to: &forecast)
            }
            return forecast
        }
    }

    /// The first columns of some rows of each window, less what `base` says of them.
    private static func values(
        _ rows: Range<Int>, _ parts: [SeriesWindows], _ places: [WindowPlace], columns: Int,
        isTimeMajor: Bool, less base: (_ window: Int, _ step: Int, _ column: Int) -> Double
    ) -> [Float] {
        let windows = places.count
        return [Float](unsafeUninitializedCapacity: rows.count * windows * columns) { floats, count in
            count = floats.count
            for (window, place) in places.enumerated() {
                let part = parts[place.part]
                for (step, row) in rows.enumerated() {
                    let index = isTimeMajor ? step * windows + window : window * rows.count + step
                    for column in 0..<columns {
                        let value = part.value(row: place.origin + row, column: column)
                        floats[index * columns + column] = Float(value - base(window, step, column))
                    }
                }
            }
        }
    }
}
