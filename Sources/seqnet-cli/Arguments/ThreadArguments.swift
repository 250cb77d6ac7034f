import ArgumentParser
import SeqNet

/// How many threads the kernels may use.
struct ThreadArguments: ParsableArguments {
    @Option(
        help: .init("Threads. (default: OMP_NUM_THREADS, else all processors)", valueName: "n"))
    var threads: Int?

    func validate() throws {
        if let threads, threads < 1 {
            throw ValidationError("--threads \(threads): give at least 1")
        }
    }

    func context() throws -> KernelContext { try KernelContext(threads: threads) }
}
