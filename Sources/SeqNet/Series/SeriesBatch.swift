/// Some windows as a model reads them.
struct SeriesBatch {
    /// A sequence a window, all of `context` steps.
    let layout: PackedBatch
    /// [context·windows, columns], packed and time-major.
    let inputs: [Float]
    /// [windows, horizon·targets], the targets of a row side by side; empty unless asked for.
    let targets: [Float]
    /// What was subtracted from the targets' columns: [windows, targets], standardised.
    let bases: [Double]

    /// - Parameters:
    ///   - parts: all of one shape and of the same columns.
    ///   - places: which windows of them, at least one.
    ///   - subtractsLast: whether each target is counted from its last value in the context, in the
    ///     inputs as well.
    ///   - hasTargets: whether the values to come are known and asked for.
    init(
        _ parts: [SeriesWindows], _ places: [WindowPlace], subtractsLast: Bool, hasTargets: Bool = true
    ) {
        let shape = parts[0].shape, targets = parts[0].targets
        layout = PackedBatch(sequences: places.count, steps: shape.context)
        bases = places.flatMap { place in
            (0..<targets).map {
                subtractsLast ? parts[place.part].value(row: place.origin - 1, column: $0) : 0
            }
        }
        inputs = Self.rows(
            (-shape.context)..<0, parts, places, bases, columns: parts[0].columns, isTimeMajor: true)
        self.targets =
            hasTargets
            ? Self.rows(0..<shape.horizon, parts, places, bases, columns: targets, isTimeMajor: false)
            : []
    }

    /// The first columns of some rows of each window, counted from its first forecast row.
    private static func rows(
        _ rows: Range<Int>, _ parts: [SeriesWindows], _ places: [WindowPlace], _ bases: [Double],
        columns: Int, isTimeMajor: Bool
    ) -> [Float] {
        let targets = parts[0].targets, windows = places.count
        return [Float](unsafeUninitializedCapacity: rows.count * windows * columns) { floats, count in
            count = floats.count
            for (window, place) in places.enumerated() {
                let part = parts[place.part]
                for (step, row) in rows.enumerated() {
                    let index = isTimeMajor ? step * windows + window : window * rows.count + step
                    for column in 0..<columns {
                        let base = column < targets ? bases[window * targets + column] : 0
                        let value = part.value(row: place.origin + row, column: column)
                        floats[index * columns + column] = Float(value - base)
                    }
                }
            }
        }
    }
}
