/// The folder of a training run, locked against every other process until the object goes.
///
/// It holds `model.safetensors` (the best model), `last.safetensors` (the checkpoint, all that
/// a resume needs), `log.jsonl`, `config.json` and `.lock`. Other files in it are never touched.
public final class RunFolder: Sendable {
    static let modelName = "model.safetensors"
    static let checkpointName = "last.safetensors"
    static let logName = "log.jsonl"
    static let configName = "config.json"
    static let lockName = ".lock"

    /// The checkpoint comes first: when a removal is cut short, nothing is left to resume from
    /// half a run.
    private static let ownNames = [checkpointName, modelName, logName, configName]

    public let path: String
    private let lock: FileLock

    public var modelPath: String { FilePath.join(path, Self.modelName) }
    public var checkpointPath: String { FilePath.join(path, Self.checkpointName) }
    public var configPath: String { FilePath.join(path, Self.configName) }
    public var log: RunLog { RunLog(path: FilePath.join(path, Self.logName)) }

    /// Whether there is a checkpoint to resume from.
    public var hasCheckpoint: Bool { FileSystem.kind(of: checkpointPath) != .missing }

    /// Locks the folder, which exists, and clears away what a killed process left half-written.
    private init(locking path: String) throws {
        self.path = path
        lock = try FileLock(
            path: FilePath.join(path, Self.lockName), subject: "run '\(path)'")
        try AtomicFile.removeLeftovers(of: Self.ownNames, in: path)
    }
}

// MARK: - Opening

extension RunFolder {
    /// Makes the folder for a new run, with the folders above it.
    ///
    /// - Parameters:
    ///   - path: the folder; it may exist and hold other files.
    ///   - overwrite: whether to remove a run that is there. It is gone when this returns, so
    ///     read the data and check the options first.
    /// - Throws: `SeqNetError(.cannotCreate)` when a run is there (and not to be overwritten)
    ///   or being trained there, or when `path` is a file; `.cannotWrite`.
    public static func create(at path: String, overwrite: Bool = false) throws -> RunFolder {
        try makeFolders(path)
        // Before the lock too, so that a refused folder is left as it is.
        if !overwrite { try refuseRun(at: path) }
        let run = try RunFolder(locking: path)
        if overwrite { try run.removeRun() } else { try refuseRun(at: path) }
        return run
    }

    /// Makes the folder `<task>-<data>-<n>` for a new run, with the least n ≥ 1 that is free.
    ///
    /// - Parameters:
    ///   - task: `lm`, `tag` …
    ///   - dataPath: the training data, whose name without the extension becomes `<data>`.
    ///   - parent: the folder to make it in.
    /// - Throws: `SeqNetError(.cannotWrite)`, or `.cannotCreate` when `parent` is a file.
    public static func create(
        task: String, dataPath: String, in parent: String = "runs"
    ) throws -> RunFolder {
        try makeFolders(parent)
        let stem = "\(task)-\(portable(FilePath.stem(of: dataPath)))"
        var number = 1
        while true {
            let path = FilePath.join(parent, "\(stem)-\(number)")
            if try makeNewFolder(path) { return try RunFolder(locking: path) }
            number += 1
        }
    }

    /// Opens the folder of a run to resume it; without a checkpoint in it
    /// (``hasCheckpoint``) the run starts anew. Makes the folder when it is missing.
    ///
    /// - Throws: `SeqNetError(.cannotCreate)` when another process trains there, or when
    ///   `path` is a file; `.cannotWrite`.
    public static func resume(at path: String) throws -> RunFolder {
        try makeFolders(path)
        return try RunFolder(locking: path)
    }

    /// Removes the files of the run, and nothing else.
    /// - Throws: `SeqNetError(.cannotWrite)`.
    public func removeRun() throws {
        for name in Self.ownNames {
            let file = FilePath.join(path, name)
            do {
                try FileSystem.removeFile(file)
            } catch let error as SystemError {
                throw error.whenWriting(file)
            }
        }
    }

    /// Removes the folder when nothing but its lock is in it: a run that came to nothing leaves
    /// nothing behind.
    public func removeIfEmpty() {
        let holdsRun = Self.ownNames.contains {
            FileSystem.kind(of: FilePath.join(path, $0)) != .missing
        }
        if holdsRun { return }
        try? FileSystem.removeFile(FilePath.join(path, Self.lockName))
        FileSystem.removeEmptyFolder(path)
    }

    private static func refuseRun(at path: String) throws {
        let names = ownNames.filter { FileSystem.kind(of: FilePath.join(path, $0)) != .missing }
        guard let name = names.first else { return }
        throw SeqNetError(
            .cannotCreate, "folder '\(path)': a run is there already ('\(name)'); continue it with "
                + "--resume, replace it with --overwrite, or choose another --out")
    }

    private static func makeFolders(_ path: String) throws {
        do {
            try FileSystem.makeFolders(path)
        } catch let error as SystemError {
            throw cannotMake(path, error)
        }
    }

    /// - Returns: false when something of that name is there already.
    private static func makeNewFolder(_ path: String) throws -> Bool {
        do {
            return try FileSystem.makeNewFolder(path)
        } catch let error as SystemError {
            throw cannotMake(path, error)
        }
    }

    private static func cannotMake(_ path: String, _ error: SystemError) -> SeqNetError {
        guard error.isFileInTheWay else { return error.whenWriting(path) }
        return SeqNetError(
            .cannotCreate, "folder '\(path)': a file is in the way; choose another --out")
    }

    /// The name with all but ASCII letters, digits, "-", "_" and "." replaced by "-", so that
    /// the folder is easy to type; "data" when nothing would be left.
    private static func portable(_ name: String) -> String {
        let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.".utf8)
        let scalars = name.unicodeScalars.map { scalar in
            scalar.isASCII && allowed.contains(UInt8(scalar.value)) ? scalar : "-"
        }
        return scalars.contains { $0 != "-" }
            ? String(String.UnicodeScalarView(scalars)) : "data"
    }
}

// MARK: - Writing

extension RunFolder {
    /// Writes `config.json`, atomically.
    /// - Throws: `SeqNetError(.cannotWrite)`, or `.badData` when it holds a NaN.
    public func writeConfig(_ config: JSONValue) throws {
        try AtomicFile.write(try config.serialized(pretty: true) + "\n", to: configPath)
    }
}
