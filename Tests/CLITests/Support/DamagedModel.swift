import SeqNet

/// Copies of a model file that are wrong on purpose, with checksums that are right.
enum DamagedModel {
    /// Writes a copy with other values in its configuration.
    /// - Parameter values: nil takes a key away.
    static func write(
        _ name: String, of run: String, in folder: CLIFolder, config values: [String: JSONValue?]
    ) throws {
        let file = try ModelFile(path: "\(folder.path)/\(run)")
        var metadata = file.metadata, config = file.metadata.config.objectValue ?? [:]
        for (key, value) in values { config[key] = value }
        metadata.config = .object(config)
        let tensors = try file.tensors.entries.map { entry in
            SafetensorsTensor(
                name: entry.name, shape: entry.shape,
                floats: try file.floats(named: entry.name, shape: entry.shape))
        }
        try withExtendedLifetime(file) {
            try ModelFile.write(metadata, tensors: tensors, to: "\(folder.path)/\(name)")
        }
    }

    /// Writes a copy all of whose parameters are NaN.
    static func writeNaN(_ name: String, of run: String, in folder: CLIFolder) throws {
        let file = try ModelFile(path: "\(folder.path)/\(run)")
        let entries = file.tensors.entries
        let most = entries.map { $0.shape.reduce(1, *) }.max() ?? 0
        try [Float](repeating: .nan, count: most).withUnsafeBufferPointer { values in
            let tensors = entries.map { entry in
                SafetensorsTensor(
                    name: entry.name, shape: entry.shape,
                    floats: UnsafeBufferPointer(rebasing: values[..<entry.shape.reduce(1, *)]))
            }
            try ModelFile.write(file.metadata, tensors: tensors, to: "\(folder.path)/\(name)")
        }
    }
}
