/// A model file, open for reading: a safetensors file that carries its configuration,
/// vocabulary and training history inside. A checkpoint is one too, with more tensors and
/// more metadata.
///
/// ```swift
/// let file = try ModelFile(path: "runs/lm-input-1")
/// let hiddenSize = file.metadata.config["hidden_size"]?.intValue
/// let bias = try file.floats(named: "output.bias", shape: [file.metadata.vocabulary.count])
/// ```
public struct ModelFile: Sendable {
    /// The file itself, also when a run's folder was given.
    public let path: String
    public let metadata: ModelMetadata
    /// The tensors. All pointers into them are valid as long as this object lives.
    public let tensors: SafetensorsFile

    /// Opens a model and checks everything in it, checksums included.
    ///
    /// - Parameters:
    ///   - path: a model file, or the folder of a run, whose `model.safetensors` is meant.
    ///   - access: whether to map the file into memory or to copy it.
    /// - Throws: `SeqNetError(.cannotRead)`, or `.badData` for a damaged or foreign file and
    ///   for one of a newer format version.
    public init(path: String, access: FileAccess = .mapped) throws {
        self.path = try Self.locate(path)
        let subject = "model '\(self.path)'"
        tensors = try SafetensorsFile(path: self.path, access: access, subject: subject)
        try ModelMetadata.checkFormat(tensors.metadata, subject: subject)
        try tensors.verifyChecksums()
        metadata = try ModelMetadata(strings: tensors.metadata, subject: subject)
    }

    /// Refuses a model that was trained for something else.
    ///
    /// - Parameter tasks: those that fit.
    /// - Throws: `SeqNetError(.badData)` that names the model's and these.
    public func require(task tasks: String...) throws {
        guard tasks.contains(metadata.task) else {
            let makers = tasks.map { "'seqnet train \($0)'" }.joined(separator: " or ")
            throw SeqNetError(
                .badData, "model '\(path)': was made by 'seqnet train \(metadata.task)'; "
                    + "name one that \(makers) made")
        }
    }

    /// Writes a model, atomically and without a second copy of the tensors in memory.
    ///
    /// - Throws: `SeqNetError(.cannotWrite)`, the old file untouched; `.badData` when the
    ///   metadata cannot be stored (a NaN, or too large).
    public static func write(
        _ metadata: ModelMetadata, tensors: [SafetensorsTensor], to path: String
    ) throws {
        try SafetensorsWriter.write(tensors, metadata: try metadata.strings(), to: path)
    }

    /// The elements of an F32 tensor, row-major, valid as long as ``tensors`` lives.
    ///
    /// - Throws: `SeqNetError(.badData)` when there is no such tensor, or when its type or
    ///   shape is another; the error then says with which sizes the file was made.
    public func floats(named name: String, shape: [Int]) throws -> UnsafeBufferPointer<Float> {
        try tensors.floats(named: name, shape: shape, remedy: madeWith)
    }

    /// "the file was made with --hidden-size 256 --layers 1".
    private var madeWith: String {
        let options = ["cell", "hidden_size", "layers", "embedding_size"].compactMap { key in
            let option = key.split(separator: "_").joined(separator: "-")
            switch metadata.config[key] {
            case .integer(let size): return "--\(option) \(size)"
            case .string(let name): return "--\(option) \(name)"
            default: return nil
            }
        }
        if options.isEmpty { return "its configuration does not say with which sizes it was made" }
        return "the file was made with " + options.joined(separator: " ")
    }

    private static func locate(_ path: String) throws -> String {
        guard FileSystem.kind(of: path) == .folder else { return path }
        let model = FilePath.join(path, RunFolder.modelName)
        if FileSystem.kind(of: model) != .missing { return model }
        let checkpoint = FilePath.join(path, RunFolder.checkpointName)
        if FileSystem.kind(of: checkpoint) != .missing {
            throw SeqNetError(
                .cannotRead, "run '\(path)': has no \(RunFolder.modelName) yet; wait for its first "
                    + "validation, or name its checkpoint '\(checkpoint)'")
        }
        throw SeqNetError(
            .cannotRead, "folder '\(path)': holds no \(RunFolder.modelName); "
                + "name a model file or the folder of a run")
    }
}
