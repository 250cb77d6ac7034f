#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The operating system's words for the last call that failed on this thread.
func lastSystemError() -> String { String(cString: strerror(errno)) }
