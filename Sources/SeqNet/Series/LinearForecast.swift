import CKernels

/// The linear forecast: each value to come is a weighted sum of all values of the context, by ridge
/// regression over the training windows, in float64.
///
/// Targets are counted from their last value in the context, as by ``ForecastBase/lastValue``: so the ridge
/// pulls the forecast to that value, and what a series' level was in training does not matter.
struct LinearForecast: ReferenceForecast, Equatable {
    /// Inputs up to which it is worked out: the time grows with their third power, to a few
    /// seconds.
    static let greatestInputs = 2048
    /// What a unit of squared weights costs, when a unit of squared error of one window costs 1.
    private static let ridge = 1.0

    /// [context·columns, horizon·targets], on the values as they are.
    let weights: [Double]
    /// [horizon·targets].
    let bias: [Double]

    /// - Parameters:
    ///   - weights: [context·columns, horizon·targets].
    ///   - bias: [horizon·targets].
    init(weights: [Double], bias: [Double]) {
        precondition(weights.count % bias.count == 0, "a row of weights for each input")
        self.weights = weights
        self.bias = bias
    }

    /// nil for more than ``greatestInputs`` inputs.
    init?(_ training: [SeriesWindows]) {
        let columns = training[0].columns, targets = training[0].targets
        let inputs = training[0].shape.context * columns
        let outputs = training[0].shape.horizon * targets
        guard inputs <= Self.greatestInputs else { return nil }
        let moments = WindowMoments(training)
        /// The numbers of a window that are outputs.
        let places = (0..<outputs).map { inputs + $0 / targets * columns + $0 % targets }
        var matrix = [Double](repeating: 0, count: inputs * inputs)
        var weights = [Double](repeating: 0, count: inputs * outputs)
        for input in 0..<inputs {
            for other in input..<inputs {
                matrix[input * inputs + other] = moments.covarianceOfDifferences(input, other)
            }
            matrix[input * inputs + input] += Self.ridge
            for (output, place) in places.enumerated() {
                weights[input * outputs + output] = moments.covarianceOfDifferences(input, place)
            }
        }
        sn_ridge_factor(&matrix, inputs, inputs)
        sn_ridge_solve(&weights, matrix, inputs, outputs, inputs)
        // The last value's weights so far act on its difference from itself, which is 0.
        for (output, place) in places.enumerated() {
            for input in 0..<inputs {
                guard let last = moments.last(input), last != input else { continue }
                weights[last * outputs + output] -= weights[input * outputs + output]
            }
            weights[moments.last(place)! * outputs + output] += 1
        }
        let bias = places.enumerated().map { output, place in
            (0..<inputs).reduce(moments.mean(place)) { bias, input in
                bias - moments.mean(input) * weights[input * outputs + output]
            }
        }
        self.init(weights: weights, bias: bias)
    }

    func write(_ windows: SeriesWindows, origin: Int, to forecast: inout [Double]) {
        let first = (origin - windows.shape.context) * windows.columns
        windows.values.withUnsafeBufferPointer { values in
            sn_ridge_forecast(
                &forecast, values.baseAddress! + first, weights, bias, weights.count / bias.count,
                bias.count)
        }
    }
}
