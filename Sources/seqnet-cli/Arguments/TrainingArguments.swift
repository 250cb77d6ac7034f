import ArgumentParser
import SeqNet

/// How a model is trained.
struct TrainingArguments: ParsableArguments {
    @Option(help: .init("Sequences side by side. (default: 32)", valueName: "n"))
    var batchSize: Int?

    @Option(help: .init("Passes over the training data. (default: 10)", valueName: "n"))
    var epochs: Int?

    @Option(help: .init("Updates after which the run ends. (default: no limit)", valueName: "n"))
    var maxSteps: Int?

    @Option(help: .init("Rule of the updates. (default: adam)", valueName: "rule"))
    var optimizer: OptimizerKind?

    @Option(help: .init("Learning rate. (default: 0.002; sgd: 0.5)", valueName: "x"))
    var learningRate: Float?

    @Option(help: .init("Momentum of sgd and rmsprop. (default: 0)", valueName: "x"))
    var momentum: Float?

    @Option(help: .init("Weight decay. (default: 0)", valueName: "x"))
    var weightDecay: Float?

    @Option(help: .init("Course of the learning rate. (default: constant)", valueName: "course"))
    var schedule: LearningRateSchedule.Kind?

    @Option(help: .init("Updates over which the learning rate rises. (default: 0)", valueName: "n"))
    var warmupSteps: Int?

    @Option(
        help: .init("Norm that the gradient is clipped to; 0 for none. (default: 5)", valueName: "x"))
    var clipNorm: Float?

    @Option(
        help: .init("Epochs without a better validation after which the run ends. (default: no limit)",
            valueName: "n"))
    var patience: Int?

    func options(seed: Int?, _ resolver: inout OptionResolver) throws -> TrainingOptions {
        var options = TrainingOptions()
        options.batchSize = try resolver.integer("batch_size", batchSize, default: options.batchSize)
        options.epochs = try resolver.integer("epochs", epochs, default: options.epochs)
        options.maxSteps = try resolver.integer("max_steps", maxSteps)
        options.optimizer = try resolver.choice("optimizer", optimizer, default: options.optimizer)
        options.learningRate = try resolver.number(
            "learning_rate", learningRate, default: options.optimizer.defaultLearningRate)
        options.momentum = try resolver.number("momentum", momentum, default: 0)
        options.weightDecay = try resolver.number("weight_decay", weightDecay, default: 0)
        options.schedule = try resolver.choice("schedule", schedule, default: options.schedule)
        options.warmupSteps = try resolver.integer("warmup_steps", warmupSteps, default: 0)
        options.clipNorm = try resolver.number("clip_norm", clipNorm, default: options.clipNorm)
        options.patience = try resolver.integer("patience", patience)
        let number = try resolver.integer("seed", seed, default: 1)
        guard number >= 0 else {
            throw SeqNetError(.usage, "--seed \(number): give a number from 0 upwards")
        }
        options.seed = UInt64(number)
        try options.validate()
        return options
    }
}
