import ArgumentParser
import SeqNet

/// How many threads the kernels may use.
struct ThreadArguments: ParsableArguments {
    @Option(
        help: .init("Threads. (default: OMP_NUM_THREADS, else all processors)", valueName: "n"))
    var threads: Int?

    func validate() throws {
        let most = KernelContext.mostThreads
        if let threads, !(1...most).contains(threads) {
            throw ValidationError("--threads \(threads): give 1 to \(most)")
        }
    }

    func context() throws -> KernelContext { try KernelContext(threads: threads) }
}
