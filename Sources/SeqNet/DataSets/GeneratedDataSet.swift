/// A data set that is made by rule: the same size and seed give the same bytes on every platform.
public protocol GeneratedDataSet: Sendable {
    /// All that is written.
    var files: [GeneratedFile] { get }
}

extension GeneratedDataSet {
    /// Writes the files into a folder.
    /// - Parameters:
    ///   - folder: is made when it is missing.
    ///   - overwrite: whether files of these names with another content are replaced.
    /// - Throws: `SeqNetError(.cannotCreate)` when such a file is there and not to be replaced,
    ///   and then nothing is written; `.cannotWrite`; `.usage` for an empty name.
    public func write(to folder: String, overwrite: Bool = false) throws {
        if folder.isEmpty {
            throw SeqNetError(.usage, "--out: the name is empty; name a folder")
        }
        do {
            try FileSystem.makeFolders(folder)
        } catch let error as SystemError where error.isFileInTheWay {
            throw SeqNetError(
                .cannotCreate, "folder '\(folder)': a file is in the way; choose another --out")
        } catch let error as SystemError {
            throw error.whenWriting(folder)
        }
        let files = files
        if !overwrite {
            for file in files { try Self.requireFree(FilePath.join(folder, file.name), for: file.text) }
        }
        for file in files { try AtomicFile.write(file.text, to: FilePath.join(folder, file.name)) }
    }

    /// Refuses a path at which something else lies than the text that is to go there.
    private static func requireFree(_ path: String, for text: String) throws {
        if FileSystem.kind(of: path) == .missing { return }
        let contents = try FileContents(path: path, access: .mapped, subject: "file '\(path)'")
        guard contents.bytes.elementsEqual(text.utf8) else {
            throw SeqNetError(
                .cannotCreate, "file '\(path)': is there already, with another content; replace it "
                    + "with --overwrite, or choose another --out")
        }
    }

    /// - Parameter unit: what the size counts, for the error.
    /// - Throws: `SeqNetError(.usage)` for a size out of range.
    static func require(size: Int, in range: ClosedRange<Int>, of unit: String) throws {
        guard range.contains(size) else {
            throw SeqNetError(
                .usage, "data set of \(size) \(unit): the size must be from \(range.lowerBound) to "
                    + "\(range.upperBound)")
        }
    }
}
