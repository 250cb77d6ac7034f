#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The memory of this machine. What cannot fit is refused before it is allocated: an allocation
/// that fails ends the process.
enum SystemMemory {
    /// Bytes that this process may have at most: the machine's, or its limit (`ulimit -v`).
    static var bytes: Int {
        let pages = sysconf(Int32(_SC_PHYS_PAGES)), page = sysconf(Int32(_SC_PAGESIZE))
        let physical = pages > 0 && page > 0 ? pages * page : Int.max
        var limit = rlimit()
        #if os(Linux)
        let isKnown = getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0
        #else
        let isKnown = getrlimit(RLIMIT_AS, &limit) == 0
        #endif
        return isKnown ? min(physical, Int(clamping: limit.rlim_cur)) : physical
    }

    /// - Parameters:
    ///   - bytes: what is needed, roughly.
    ///   - what: needs it; the sentence begins with it.
    ///   - remedy: what to make smaller.
    /// - Throws: `.usage` when this process cannot have so much.
    static func require(_ bytes: Double, for what: String, remedy: String) throws {
        let most = Double(Self.bytes)
        if bytes <= most { return }
        throw SeqNetError(
            .usage,
            "\(what): needs some \(gigabytes(bytes)) of memory, and there are \(gigabytes(most)) here; "
                + remedy)
    }

    /// In whole gigabytes, upwards.
    private static func gigabytes(_ bytes: Double) -> String { "\(Int((bytes / 1e9).rounded(.up))) GB" }
}
