import CKernels

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Which instruction set the kernels use and on how many threads they may run.
///
/// Results do not depend on the number of threads, bit for bit; they may differ in the last
/// bits from one instruction set to another.
public final class KernelContext: @unchecked Sendable {
    /// The most threads that are taken for meant; each has memory of its own.
    public static let mostThreads = 1024

    /// The greatest number of threads a kernel uses.
    public var threads: Int { pointer.pointee.threads }
    /// `avx512`, `avx2`, `neon` or `generic`.
    public var instructionSet: String { String(cString: sn_context_isa_name(pointer)) }
    /// Whether the kernels were built with OpenMP.
    public static var hasThreads: Bool { sn_threads_built_in() }

    let pointer: UnsafeMutablePointer<sn_context>

    /// - Parameters:
    ///   - threads: nil takes `OMP_NUM_THREADS` when it is set, else all processors that this
    ///     process may run on. An empty one is taken out of the environment.
    ///   - instructionSet: nil takes `SEQNET_ISA` when it is set, else the best of this CPU.
    /// - Throws: `.usage` for threads below 1, beyond `mostThreads` or not built in, for an
    ///   instruction set that this CPU or build lacks, or for an `OMP_NUM_THREADS` that is no number
    ///   of threads, which OpenMP would not survive.
    public init(threads: Int? = nil, instructionSet: String? = nil) throws {
        if let threads, !(1...Self.mostThreads).contains(threads) {
            throw SeqNetError(.usage, "threads: \(threads); give 1 to \(Self.mostThreads)")
        }
        if let threads, threads > 1, !Self.hasThreads {
            throw SeqNetError(
                .usage,
                "threads: \(threads) asked for, but the kernels were built without OpenMP; "
                    + "build with -Xcc -fopenmp, or use 1")
        }
        let name = instructionSet ?? Self.environment("SEQNET_ISA")
        // Before OpenMP reads it, whether it is needed or not.
        let wanted = try Self.threadsOfEnvironment()
        let count = Self.hasThreads ? threads ?? wanted ?? sn_available_processors() : 1
        var context = sn_context()
        guard sn_context_make(&context, name, count) else {
            throw SeqNetError(
                .usage,
                "instruction set '\(name ?? "")': not there on this CPU or in this build; "
                    + "use avx512, avx2, neon or generic, or leave SEQNET_ISA unset")
        }
        pointer = .allocate(capacity: 1)
        pointer.initialize(to: context)
    }

    deinit { pointer.deallocate() }

    private static func environment(_ name: String) -> String? {
        guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty else {
            return nil
        }
        return value
    }

    /// What `OMP_NUM_THREADS` says; nil where it says nothing. OpenMP ends the process, or worse, when
    /// it is empty or nonsense: an empty one is taken away, the other refused.
    private static func threadsOfEnvironment() throws -> Int? {
        let name = "OMP_NUM_THREADS"
        guard hasThreads, let text = getenv(name).map({ String(cString: $0) }) else { return nil }
        if text.isEmpty {
            unsetenv(name)
            return nil
        }
        // OpenMP allows a list, one number a nesting level; ours is the first.
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { number in
            number.allSatisfy { $0.isASCII && $0.isNumber } ? Int(number) : nil
        }
        guard numbers.allSatisfy({ $0.map((1...mostThreads).contains) ?? false }) else {
            throw SeqNetError(
                .usage,
                "\(name): '\(text)' is no number of threads; set 1 to \(mostThreads), or unset it")
        }
        return numbers[0]
    }
}
