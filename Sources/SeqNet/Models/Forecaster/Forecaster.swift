/// Forecasts the next values of a series from the last ones (many-to-one), all steps at once.
///
/// recurrent layers over the rows of the context → state after the last row → linear → horizon ×
/// targets. A loaded model is immutable: any number of threads may share it.
///
/// ```swift
/// let model = try Forecaster(contentsOf: "runs/forecast-waves-1", KernelContext())
/// print(try model.forecast(afterRowsOf: "waves.csv").rows[0])
/// ```
public final class Forecaster: Sendable {
    /// As model files name it.
    static let task = "forecast"

    public let configuration: ForecasterConfiguration
    public let profile: SeriesProfile
    public let parameters: ParameterBlock
    /// The one it was loaded for; another may be given to train it.
    let context: KernelContext
    /// What its forecasts are held against, and counted from where the configuration says so; nil of
    /// too many inputs.
    let linear: LinearForecast?

    public let recurrent: RecurrentStack
    public let pooling: SequencePooling
    public let output: Linear
    private let dropout: Dropout

    /// Builds a model; its parameters are zero until `parameters.initialize` or a file fills them.
    init(
        _ configuration: ForecasterConfiguration, profile: SeriesProfile, linear: LinearForecast?,
        _ context: KernelContext
    ) {
        self.configuration = configuration
        self.profile = profile
        self.linear = linear
        self.context = context
        parameters = ParameterBlock()
        recurrent = RecurrentStack(
            configuration.recurrent, inputSize: profile.columnNames.count, in: parameters)
        pooling = SequencePooling(.last, inputSize: recurrent.outputSize, in: parameters)
        output = Linear(
            inputSize: recurrent.outputSize, outputSize: configuration.outputs, prefix: "output.",
            in: parameters)
        dropout = Dropout(rate: configuration.recurrent.dropout)
    }

    /// A model to be trained on a corpus.
    /// - Throws: `usage` for the linear base where the corpus has none: of too many inputs.
    public convenience init(
        _ recurrent: RecurrentConfiguration, for corpus: ForecasterCorpus,
        base: ForecastBase = .zero, _ context: KernelContext
    ) throws {
        if base == .linear, corpus.linear == nil {
            throw SeqNetError(
                .usage, "--subtract-linear: the linear forecast is worked out for at most "
                    + "\(LinearForecast.greatestInputs) values of a context; use a shorter --context or "
                    + "fewer --features")
        }
        self.init(
            ForecasterConfiguration(
                recurrent, shape: corpus.shape, columns: corpus.columns, base: base),
            profile: corpus.profile, linear: corpus.linear, context)
    }

    /// Standardised values, [windows, horizon·targets], the targets of a row side by side; less what
    /// the batch subtracted.
    func values(_ batch: SeriesBatch, _ tape: Tape) -> Tensor {
        let x = tape.tensor(batch.inputs, columns: profile.columnNames.count)
        let passes = recurrent(x, batch.layout, tape)
        return output(dropout(pooling(passes.last!, batch.layout, tape).output, tape), tape)
    }

    /// The squared errors of each window, summed; their gradient is that of the mean over all values.
    func loss(_ batch: SeriesBatch, _ tape: Tape) -> Loss {
        tape.squaredError(
            of: values(batch, tape), targets: batch.targets, count: Float(batch.targets.count))
    }
}
