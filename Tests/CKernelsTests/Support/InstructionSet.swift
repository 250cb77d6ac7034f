import CKernels
import Testing

/// An instruction set that this machine has, as an argument of a test.
struct InstructionSet: Sendable, CustomTestStringConvertible {
    let name: String

    /// Every instruction set that this build and CPU have; "generic" is always among them.
    static let available: [InstructionSet] = ["generic", "avx2", "avx512", "neon"]
        .filter { name in
            var context = sn_context()
            return sn_context_make(&context, name, 1)
        }
        .map(InstructionSet.init)

    /// Thread counts at which every kernel must give the same bits.
    static let threadCounts = [1, 2, 3]

    /// A context of this instruction set.
    func context(threads: Int = 1) -> sn_context {
        var context = sn_context()
        let isMade = sn_context_make(&context, name, threads)
        precondition(isMade, "no instruction set \(name) here")
        return context
    }

    /// Float lanes of a vector register.
    var lanes: Int {
        var context = context()
        return sn_context_lanes(&context)
    }

    /// Sizes at which loops over vectors end differently: 1, lanes ± 1, primes.
    var sizes: [Int] {
        [1, lanes - 1, lanes, lanes + 1, 2 * lanes, 4 * lanes + 3, 37, 67]
    }

    var testDescription: String { name }
}
