#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Everything that a run needs to go on as if it had never stopped, in one file:
/// parameters, moments of the optimiser, carried states, and the run's place.
struct Checkpoint {
    let path: String
    let parameters: ParameterBlock
    let optimizer: Optimizer
    let carried: [(name: String, buffer: UnsafeMutableBufferPointer<Float>)]
    /// Of the task, written as they are and not read again.
    let constants: [SafetensorsTensor]

    private static let stateKey = "training_state"

    /// Writes the file; on any failure the one before it stays.
    func write(_ state: TrainingState, _ metadata: ModelMetadata) throws {
        var metadata = metadata
        metadata.additional[Self.stateKey] = try JSONValue(encoding: state).serialized()
        let extra = named.map { name, buffer in
            SafetensorsTensor(name: name, shape: [buffer.count], floats: UnsafeBufferPointer(buffer))
        }
        try ModelFile.write(metadata, tensors: parameters.tensors + constants + extra, to: path)
    }

    /// Reads the file into the parameters, moments and carried states.
    /// - Parameter expected: what this run would write; the configuration must agree but for
    ///   `free` keys.
    /// - Returns: the state and the history.
    func read(expecting expected: ModelMetadata, free: Set<String>) throws -> (
        state: TrainingState, history: [JSONValue]
    ) {
        let file = try ModelFile(path: path, access: .mapped)
        try Self.compare(file.metadata, expected, free, path)
        guard let text = file.metadata.additional[Self.stateKey] else {
            throw SeqNetError(
                .badData, "checkpoint '\(path)': holds no training state; resume from a run's own "
                    + "last.safetensors")
        }
        let state = try JSONValue(parsing: text, subject: "checkpoint '\(path)', training_state")
            .decoded(as: TrainingState.self, subject: "checkpoint '\(path)', training_state")
        try parameters.read(from: file)
        for (name, buffer) in named {
            _ = buffer.update(fromContentsOf: try file.floats(named: name, shape: [buffer.count]))
        }
        return (state, file.metadata.history)
    }

    private var named: [(name: String, buffer: UnsafeMutableBufferPointer<Float>)] {
        optimizer.named.map { ("optimizer.\($0.name)", $0.buffer) }
            + carried.map { ("state.\($0.name)", $0.buffer) }
    }

    private static func compare(
        _ found: ModelMetadata, _ expected: ModelMetadata, _ free: Set<String>, _ path: String
    ) throws {
        guard found.task == expected.task else {
            throw SeqNetError(
                .usage, "--resume: the run of '\(path)' trains '\(found.task)', not '\(expected.task)'")
        }
        let old = found.config.objectValue ?? [:], new = expected.config.objectValue ?? [:]
        for key in Set(old.keys).union(new.keys).subtracting(free).sorted()
        where old[key] != new[key] {
            let option = key.split(separator: "_").joined(separator: "-")
            throw SeqNetError(
                .usage,
                "--resume: --\(option) was \(try text(old[key])) in the run of '\(path)' and is "
                    + "\(try text(new[key])) now; leave it as it was, or begin a new run")
        }
        guard found.vocabulary == expected.vocabulary else {
            throw SeqNetError(
                .usage, "--resume: the training text gives another vocabulary than that of '\(path)'; "
                    + "use the same files, or begin a new run")
        }
    }

    private static func text(_ value: JSONValue?) throws -> String { try value?.serialized() ?? "absent" }
}
