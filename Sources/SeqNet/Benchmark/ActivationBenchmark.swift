import CKernels

/// The speed of one of the vector functions, on one thread: they are called from within kernels.
public struct ActivationBenchmark {
    /// What is timed.
    public enum Function: String, CaseIterable, Sendable {
        case exp, tanh, sigmoid

        fileprivate var kernel: (
            UnsafePointer<sn_context>, UnsafeMutablePointer<Float>, UnsafePointer<Float>, Int
        ) -> Void {
            switch self {
            case .exp: { sn_exp_u20($0, $1, $2, $3) }
            case .tanh: { sn_tanh_u35($0, $1, $2, $3) }
            case .sigmoid: { sn_sigmoid_u35($0, $1, $2, $3) }
            }
        }
    }

    public let function: Function
    /// Elements: they stay in the first cache.
    private static let count = 4096
    /// Calls of one run.
    private static let calls = 256

    public init(_ function: Function) { self.function = function }

    /// Times `repeats` runs: milliseconds of one call over 4096 elements, nanoseconds an element.
    public func run(repeats: Int, _ context: KernelContext) throws -> JSONValue {
        try Timing.check(repeats: repeats)
        let x = AlignedBuffer(count: Self.count), y = AlignedBuffer(count: Self.count)
        sn_random_uniform(context.pointer, x.floats, -8, 8, 1, 0, Self.count)
        let kernel = function.kernel
        let timing = Timing(repeats: repeats, parts: Self.calls) {
            for _ in 0..<Self.calls { kernel(context.pointer, y.floats, x.floats, Self.count) }
        }
        return [
            "function": .string(function.rawValue), "elements": .integer(Self.count),
            "isa": .string(context.instructionSet), "repeats": .integer(repeats),
            "median_ms": .number(timing.median), "min_ms": .number(timing.least),
            "max_ms": .number(timing.greatest),
            "ns_per_element": .number(timing.median * 1e6 / Double(Self.count)),
        ]
    }
}
