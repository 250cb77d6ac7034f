/// The options of training that every task shares and that determine its result.
public struct TrainingOptions: Equatable, Sendable {
    public var batchSize = 32
    public var epochs = 10
    /// Updates after which the run ends; nil: none.
    public var maxSteps: Int?
    public var optimizer = OptimizerKind.adam
    /// nil: the optimiser's default.
    public var learningRate: Float?
    /// Of sgd and rmsprop.
    public var momentum: Float = 0
    public var weightDecay: Float = 0
    public var schedule = LearningRateSchedule.Kind.constant
    public var warmupSteps = 0
    /// The norm that all gradients together are clipped to; 0: no clipping.
    public var clipNorm: Float = 5
    /// Epochs without a better validation after which the run ends; nil: none.
    public var patience: Int?
    public var seed: UInt64 = 1

    public init() {}

    /// The learning rate in use.
    public var effectiveLearningRate: Float { learningRate ?? optimizer.defaultLearningRate }

    /// Updates of a whole run.
    public func steps(perEpoch: Int) -> Int {
        let (all, overflows) = epochs.multipliedReportingOverflow(by: perEpoch)
        return min(overflows ? .max : all, maxSteps ?? .max)
    }

    /// The largest batch that is taken for meant.
    private static let greatestBatch = 1 << 20

    /// - Throws: `.usage` that names the option.
    public func validate() throws {
        try Self.check(
            "batch-size", batchSize, (1...Self.greatestBatch).contains(batchSize),
            "a number from 1 to \(Self.greatestBatch)")
        try Self.check("epochs", epochs, epochs >= 1, "at least 1")
        try Self.check("max-steps", maxSteps ?? 1, (maxSteps ?? 1) >= 1, "at least 1")
        let rate = effectiveLearningRate
        try Self.check("learning-rate", rate, rate > 0 && rate.isFinite, "a number above 0")
        try Self.check("momentum", momentum, momentum >= 0 && momentum < 1, "0 to below 1")
        try Self.check(
            "weight-decay", weightDecay, weightDecay >= 0 && weightDecay.isFinite, "0 or more")
        try Self.check("warmup-steps", warmupSteps, warmupSteps >= 0, "0 or more")
        try Self.check("clip-norm", clipNorm, clipNorm >= 0 && clipNorm.isFinite, "0 (off) or more")
        try Self.check("patience", patience ?? 1, (patience ?? 1) >= 1, "at least 1")
        if momentum > 0, optimizer == .adam || optimizer == .adamw {
            throw SeqNetError(
                .usage,
                "--momentum: does not go with --optimizer \(optimizer.rawValue), which has its own; "
                    + "leave it out, or use sgd or rmsprop")
        }
    }

    private static func check<Value>(
        _ name: String, _ value: Value, _ holds: Bool, _ expected: String
    ) throws {
        if !holds { throw SeqNetError(.usage, "--\(name) \(value): give \(expected)") }
    }

    /// As it stands in a model file's configuration, keys as the options in snake_case.
    public var json: [String: JSONValue] {
        [
            "batch_size": .integer(batchSize),
            "epochs": .integer(epochs),
            "max_steps": maxSteps.map { .integer($0) } ?? .null,
            "optimizer": .string(optimizer.rawValue),
            "learning_rate": .float(effectiveLearningRate),
            "momentum": .float(momentum),
            "weight_decay": .float(weightDecay),
            "schedule": .string(schedule.rawValue),
            "warmup_steps": .integer(warmupSteps),
            "clip_norm": .float(clipNorm),
            "patience": patience.map { .integer($0) } ?? .null,
            "seed": .integer(Int(clamping: seed)),
        ]
    }
}
