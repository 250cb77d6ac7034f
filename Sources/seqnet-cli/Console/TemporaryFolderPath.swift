#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Where files go that nobody is to keep.
enum TemporaryFolderPath {
    /// `TMPDIR`, else `/tmp`.
    static var current: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }
}
