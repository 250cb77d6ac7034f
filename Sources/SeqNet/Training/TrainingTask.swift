/// What a trainer needs to know of a task: its model, its batches, its validation.
public protocol TrainingTask: AnyObject {
    var parameters: ParameterBlock { get }
    /// Updates an epoch.
    var stepsPerEpoch: Int { get }
    /// Changes when the data would teach something else.
    var dataFingerprint: String { get }
    /// What lives on from step to step beside the parameters, with names for a checkpoint.
    var carried: [(name: String, buffer: UnsafeMutableBufferPointer<Float>)] { get }
    /// What a model file holds beside the parameters and is not trained; valid as long as the task.
    var constants: [SafetensorsTensor] { get }
    /// Records left out of training because they cannot be used.
    var skipped: Int { get }
    /// Whether there is a test part.
    var hasTest: Bool { get }

    /// Called before the first step of an epoch: carried states become zero.
    func beginEpoch()
    /// The forward pass of a step of an epoch, both counted from 0; gradients are left on the tape.
    func forward(epoch: Int, step: Int, _ tape: Tape) throws -> StepLoss
    /// After the backward pass: carries states on.
    func finishStep()
    /// Metrics of the present parameters, which are packed.
    /// - Parameter onProgress: told the share that is done, from 0 to 1.
    func evaluate(_ part: EvaluationPart, onProgress: (Double) -> Void) throws -> Evaluation
    /// What the model file says beside its tensors.
    func metadata(history: [JSONValue]) throws -> ModelMetadata
}

/// Most tasks take every record, and carry nothing from step to step.
extension TrainingTask {
    public var carried: [(name: String, buffer: UnsafeMutableBufferPointer<Float>)] { [] }
    public var constants: [SafetensorsTensor] { [] }
    public var skipped: Int { 0 }
    public func beginEpoch() {}
    public func finishStep() {}

    /// The fingerprint of all data, given those of its parts.
    static func fingerprint(of parts: String?...) -> String {
        parts.map { $0 ?? "" }.joined(separator: ",")
    }
}
