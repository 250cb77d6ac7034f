#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What lies at a path, and the few changes of folders that SeqNet makes.
enum FileSystem {
    enum Kind {
        case missing, file, folder
        /// A device, a pipe, a socket.
        case other
    }

    /// What lies at the path, symbolic links followed; `missing` also when it is out of reach.
    static func kind(of path: String) -> Kind {
        var status = stat()
        guard stat(path, &status) == 0 else { return .missing }
        return kind(of: status)
    }

    static func kind(of status: stat) -> Kind {
        switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        default: .other
        }
    }

    /// The names in a folder, in no order, without "." and "..".
    /// - Throws: `SystemError`.
    static func names(in folder: String) throws -> [String] {
        guard let stream = opendir(folder) else { throw SystemError() }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
                let capacity = MemoryLayout.size(ofValue: field.pointee)
                return field.withMemoryRebound(to: CChar.self, capacity: capacity) {
                    String(cString: $0)
                }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// Makes the folder and those above it that are missing.
    /// - Throws: `SystemError`; `EEXIST` when a file lies in the way.
    static func makeFolders(_ path: String) throws {
        let path = FilePath.trimmed(path)
        if kind(of: path) == .folder { return }
        let above = FilePath.folder(of: path)
        if above != path { try makeFolders(above) }
        // Another process may make it meanwhile.
        guard try makeNewFolder(path) || kind(of: path) == .folder else {
            throw SystemError(EEXIST)
        }
    }

    /// Makes one folder.
    /// - Returns: false when something of that name is there already.
    /// - Throws: `SystemError`.
    static func makeNewFolder(_ path: String) throws -> Bool {
        if mkdir(path, 0o777) != 0 {
            let error = SystemError()
            if error.code == EEXIST { return false }
            throw error
        }
        try syncFolder(FilePath.folder(of: path))
        return true
    }

    /// Removes the file, if it is there.
    /// - Throws: `SystemError`.
    static func removeFile(_ path: String) throws {
        guard unlink(path) == 0 || errno == ENOENT else { throw SystemError() }
    }

    /// Removes a folder, unless something is in it.
    static func removeEmptyFolder(_ path: String) { _ = rmdir(path) }

    /// Makes the names in a folder survive a power cut.
    /// - Throws: `SystemError`.
    static func syncFolder(_ folder: String) throws {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError() }
        defer { close(descriptor) }
        if fsync(descriptor) != 0 {
            let error = SystemError()
            // Some file systems (FUSE, SMB) cannot sync a folder; then there is nothing to do.
            guard error.code == EINVAL || error.code == ENOTSUP else { throw error }
        }
    }
}
