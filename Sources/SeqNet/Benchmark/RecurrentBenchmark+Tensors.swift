import CKernels

extension RecurrentBenchmark {
    /// Steps of a saved stream.
    private static let savedSteps = 8

    /// Saves what the timed work reads and writes, so that another program can do the same work
    /// and compare: a safetensors file with `lengths [B]`, the input `x [rows, I]` time-major, the
    /// parameters named as PyTorch names them behind `rnn.`, the output `y [rows, D·H]` from a
    /// zero state, and for training the gradients of y's sum, `grad.x` and `grad.rnn.…`.
    ///
    /// A stream is saved as its first 8 steps, each with an input of its own.
    /// - Throws: `.cannotCreate` or `.cannotWrite`.
    public func saveTensors(to path: String, _ context: KernelContext) throws {
        let (parameters, stack) = model(context)
        let rows = mode == .stream ? Self.savedSteps : self.rows
        let x = input(rows: rows, context)
        let tape = mode == .train ? Tape(training: parameters, context) : Tape(inference: context)
        parameters.pack(context, backward: mode == .train, as: weightType)
        let y = mode == .stream
            ? streamed(stack, x.values, rows, context)
            : passed(
                stack, tensor(rows: rows, x.values, gradient: x.gradient, tape), tape)
        let counts = (mode == .stream ? [rows] : lengths).map(Float.init)
        try counts.withUnsafeBufferPointer { lengths in
            var tensors = [
                SafetensorsTensor(name: "lengths", shape: [lengths.count], floats: lengths),
                SafetensorsTensor(name: "x", shape: [rows, inputSize], floats: .init(x.values.buffer)),
                SafetensorsTensor(name: "y", shape: [rows, stack.outputSize], floats: .init(y.buffer)),
            ]
            for parameter in parameters.parameters {
                tensors.append(
                    SafetensorsTensor(
                        name: "rnn.\(parameter.name)", shape: parameter.shape,
                        floats: .init(parameter.buffer)))
                guard mode == .train else { continue }
                tensors.append(
                    SafetensorsTensor(
                        name: "grad.rnn.\(parameter.name)", shape: parameter.shape,
                        floats: .init(start: tape.gradient(of: parameter), count: parameter.count)))
            }
            if mode == .train {
                tensors.append(
                    SafetensorsTensor(
                        name: "grad.x", shape: [rows, inputSize], floats: .init(x.gradient.buffer)))
            }
            try SafetensorsWriter.write(tensors, metadata: [:], to: path)
        }
    }

    /// The output of a pass over the batch; a tape that records has the gradients of its sum.
    private func passed(_ stack: RecurrentStack, _ x: Tensor, _ tape: Tape) -> AlignedBuffer {
        let output = stack(x, PackedBatch(lengths: lengths), tape).last!.output
        let y = AlignedBuffer(count: output.count)
        y.floats.update(from: output.values, count: y.count)
        if tape.isRecording {
            sn_fill(tape.context.pointer, output.gradient, 1, output.count)
            tape.backward()
        }
        return y
    }

    /// The output of each of some steps, one after another.
    private func streamed(
        _ stack: RecurrentStack, _ x: AlignedBuffer, _ steps: Int, _ context: KernelContext
    ) -> AlignedBuffer {
        let session = RecurrentSession(stack, context)
        let y = AlignedBuffer(count: steps * hiddenSize)
        withExtendedLifetime(session) {
            for step in 0..<steps {
                let hidden = session.step(x.floats + step * inputSize)
                (y.floats + step * hiddenSize).update(from: hidden.baseAddress!, count: hiddenSize)
            }
        }
        return y
    }
}
