import CKernels

/// The speed of recurrent layers alone, on random values.
public struct RecurrentBenchmark {
    /// What is timed.
    public enum Mode: String, CaseIterable, Sendable {
        /// A batch from a zero state, nothing kept for training.
        case forward
        /// Packing the weights, forward, and backward for all inputs and parameters from a
        /// gradient of ones: what `y.sum().backward()` does.
        case train
        /// One step at batch 1, the state carried.
        case stream
    }

    public let cell: Cell
    public let mode: Mode
    /// Steps of the longest sequence there may be.
    public let time: Int
    public let isRagged: Bool
    /// Of the sequences, descending.
    public let lengths: [Int]
    public let inputSize: Int
    public let hiddenSize: Int
    public let layers: Int
    public let isBidirectional: Bool
    public let weightType: WeightType

    /// Steps that are timed together, since one alone is near the clock's own cost.
    private static let streamBlock = 100

    /// - Parameters:
    ///   - time: steps T; a stream has one.
    ///   - batch: sequences B; a stream has one.
    ///   - isBidirectional: every layer runs both ways.
    ///   - isRagged: draws the lengths uniformly from 1 … T, always the same ones.
    ///   - weightType: how the weights are kept, not for training.
    /// - Throws: `.usage` for a size below 1, for a ragged or bidirectional stream, and for training
    ///   with other weights than f32.
    public init(
        _ cell: Cell, mode: Mode, time: Int, batch: Int, inputSize: Int, hiddenSize: Int,
        layers: Int = 1, isBidirectional: Bool = false, isRagged: Bool = false,
        weightType: WeightType = .f32
    ) throws {
        let sizes = [
            ("--time", time), ("--batch", batch), ("--input", inputSize), ("--hidden", hiddenSize),
            ("--layers", layers),
        ]
        for (name, size) in sizes { try BenchmarkSize.check(name, size) }
        if mode == .stream && isRagged {
            throw SeqNetError(
                .usage, "--ragged: a stream is one step of one sequence; leave --ragged out")
        }
        if mode == .stream && isBidirectional {
            throw SeqNetError(
                .usage, "--bidirectional: a stream has no end to begin the second direction at; "
                    + "leave --bidirectional out")
        }
        if mode == .train && weightType != .f32 {
            throw SeqNetError(
                .usage, "--weights \(weightType): training keeps weights in f32; "
                    + "take --mode forward or stream, or leave --weights out")
        }
        self.cell = cell
        self.mode = mode
        self.time = mode == .stream ? 1 : time
        self.isRagged = isRagged
        self.inputSize = inputSize
        self.hiddenSize = hiddenSize
        self.layers = layers
        self.isBidirectional = isBidirectional
        self.weightType = weightType
        var random = Random(seed: 1, stream: 0)
        lengths =
            mode == .stream
            ? [1]
            : (0..<batch).map { _ in isRagged ? 1 + random.integer(below: time) : time }
                .sorted(by: >)
        // Weights twice, as they are and packed, in training with gradients and packed both ways; of
        // each row its input, and its gates and states, in training of all layers.
        let width = Double(hiddenSize) * (isBidirectional ? 2 : 1)
        let kept = mode == .train ? width * Double(layers * (cell.gates + 2)) : width
        try BenchmarkSize.requireMemory(
            floats: weights * (mode == .train ? 4 : 2) + Double(rows) * (Double(inputSize) + kept),
            options: sizes.map(\.0))
    }

    /// Rows of the batch: the sum of the lengths.
    public var rows: Int { lengths.reduce(0, +) }

    /// Floating-point operations of the products of a forward pass; training does three times
    /// as many.
    private var operations: Double {
        2 * weights * Double(rows) * (mode == .train ? 3 : 1)
    }

    /// Elements of the weight matrices.
    private var weights: Double {
        let units = Double(hiddenSize), width = (isBidirectional ? 2 : 1) * units
        let inputs = Double(inputSize) + Double(layers - 1) * width
        return Double(cell.gates) * width * (inputs + Double(layers) * units)
    }

    /// Bytes of the weights that a step reads.
    private var weightBytes: Int { Int(weights) * weightType.size }

    /// Times `repeats` runs, and the machine's limits before and after them.
    public func run(repeats: Int, _ context: KernelContext) throws -> BenchmarkResult {
        try Timing.check(repeats: repeats)
        let (parameters, stack) = model(context)
        let limits = MachineLimits(context)
        let before = limits.measured()
        let timing: Timing
        switch mode {
        case .forward: timing = timeForward(stack, parameters, repeats, context)
        case .train: timing = timeTraining(stack, parameters, repeats, context)
        case .stream: timing = timeStream(stack, parameters, repeats, context)
        }
        return BenchmarkResult(
            options: options(context, repeats), timing: timing, operations: operations,
            machine: before.andNow(limits), more: more(timing, limits))
    }

    /// The network with its first values, the same each time, rounded where the weights are kept
    /// rounded.
    func model(_ context: KernelContext) -> (ParameterBlock, RecurrentStack) {
        let parameters = ParameterBlock()
        let stack = RecurrentStack(
            cell, inputSize: inputSize, hiddenSize: hiddenSize, layers: layers,
            bidirectional: isBidirectional, in: parameters)
        parameters.initialize(seed: 1, context)
        parameters.roundMatrices(to: weightType)
        return (parameters, stack)
    }

    private func options(_ context: KernelContext, _ repeats: Int) -> [String: JSONValue] {
        [
            "cell": .string(cell.name), "mode": .string(mode.rawValue),
            "time": .integer(time), "batch": .integer(lengths.count),
            "input": .integer(inputSize), "hidden": .integer(hiddenSize), "layers": .integer(layers),
            "bidirectional": .bool(isBidirectional), "ragged": .bool(isRagged), "weights": .string(weightType.rawValue),
            "threads": .integer(context.threads), "isa": .string(context.instructionSet),
            "repeats": .integer(repeats),
        ]
    }

    private func more(_ timing: Timing, _ limits: MachineLimits) -> [String: JSONValue] {
        guard mode == .stream else { return ["rows": .integer(rows)] }
        // A step meets every weight once: its limit is where the weights lie.
        let gigabytes = Double(weightBytes) / timing.median / 1e6
        let peak = limits.gigabytesPerSecond(reading: weightBytes)
        return [
            "rows": .integer(rows), "weight_bytes": .integer(weightBytes),
            "gigabytes_per_second": .number(gigabytes),
            "peak_gigabytes_per_second": .number(peak),
            "fraction_of_bandwidth": .number(gigabytes / peak),
        ]
    }

    /// Random inputs [rows, inputSize], the same each time, and room for their gradient.
    func input(
        rows: Int, _ context: KernelContext
    ) -> (values: AlignedBuffer, gradient: AlignedBuffer) {
        let count = rows * inputSize
        let buffers = (AlignedBuffer(count: count), AlignedBuffer(count: count))
        sn_random_uniform(context.pointer, buffers.0.floats, -1, 1, 1, 1, count)
        return buffers
    }

    /// An input of the timed work; its gradient is that of a tape that records.
    func tensor(rows: Int, _ values: AlignedBuffer, gradient: AlignedBuffer?, _ tape: Tape) -> Tensor {
        Tensor(
            rows: rows, columns: inputSize, values: values.floats,
            gradient: gradient.map { GradientMemory($0.floats, count: $0.count, tape.context) })
    }

    private func timeForward(
        _ stack: RecurrentStack, _ parameters: ParameterBlock, _ repeats: Int,
        _ context: KernelContext
    ) -> Timing {
        let x = input(rows: rows, context), batch = PackedBatch(lengths: lengths), tape = Tape(inference: context)
        parameters.pack(context, backward: false, as: weightType)
        return Timing(repeats: repeats) {
            tape.reset()
            _ = stack(tensor(rows: rows, x.values, gradient: nil, tape), batch, tape)
        }
    }

    private func timeTraining(
        _ stack: RecurrentStack, _ parameters: ParameterBlock, _ repeats: Int,
        _ context: KernelContext
    ) -> Timing {
        let x = input(rows: rows, context), batch = PackedBatch(lengths: lengths)
        let tape = Tape(training: parameters, context)
        return Timing(repeats: repeats) {
            tape.reset()
            parameters.pack(context, backward: true)
            let input = tensor(rows: rows, x.values, gradient: x.gradient, tape)
            let y = stack(input, batch, tape).last!.output
            sn_fill(context.pointer, y.gradientTarget()!.values, 1, y.count)
            tape.backward()
        }
    }

    private func timeStream(
        _ stack: RecurrentStack, _ parameters: ParameterBlock, _ repeats: Int,
        _ context: KernelContext
    ) -> Timing {
        let x = input(rows: rows, context)
        parameters.pack(context, backward: false, as: weightType)
        let session = RecurrentSession(stack, context)
        return Timing(repeats: repeats, parts: Self.streamBlock) {
            for _ in 0..<Self.streamBlock { session.step(x.values.floats) }
        }
    }
}
