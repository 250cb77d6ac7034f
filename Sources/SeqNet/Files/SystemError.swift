#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The error of a system call: its number, its text, and how a user can mend it.
struct SystemError: Error, Equatable {
    let code: Int32

    /// Takes the error of the last system call of this thread.
    init() { code = errno }

    init(_ code: Int32) { self.code = code }

    /// The system's own words: "No space left on device".
    var reason: String { String(cString: strerror(code)) }

    /// Whether a folder could not be made because a file bears its name or one above it.
    var isFileInTheWay: Bool { code == EEXIST || code == ENOTDIR }

    /// The error of reading `subject`.
    func whenReading(_ subject: String) -> SeqNetError {
        let remedy =
            switch code {
            case ENOENT, ENOTDIR: "check the path"
            case EACCES, EPERM: "ask its owner for permission to read it"
            case EMFILE, ENFILE: "close some files or raise the limit (ulimit -n)"
            default: "check the disk and try again"
            }
        return SeqNetError(.cannotRead, "\(subject): cannot read: \(reason); \(remedy)")
    }

    /// The error of writing the file or folder at `path`.
    func whenWriting(_ path: String) -> SeqNetError {
        let remedy =
            switch code {
            case ENOSPC, EDQUOT: "free some space, or choose a folder on another disk"
            case EFBIG: "raise the limit on the size of files (ulimit -f), or choose another disk"
            case EACCES, EPERM, EROFS: "choose a folder that you may write to"
            case ENOENT: "make the folder '\(FilePath.folder(of: path))' first"
            case ENOTDIR: "a part of the path is a file; choose another folder"
            case EISDIR: "a folder bears that name; choose another name"
            case ENAMETOOLONG: "choose a shorter name"
            case EMFILE, ENFILE: "close some files or raise the limit (ulimit -n)"
            default: "check the disk and try again"
            }
        return SeqNetError(.cannotWrite, "cannot write '\(path)': \(reason); \(remedy)")
    }
}
