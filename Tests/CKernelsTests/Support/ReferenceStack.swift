/// Stacked layers of one or two directions, run by the float64 oracle; parameters by
/// PyTorch's names.
struct ReferenceStack {
    var cell: Cell
    var layers: Int
    var bidirectional: Bool
    var inputSize: Int
    var hiddenSize: Int
    var parameters: [String: [Double]]

    /// A forward pass with what its backward pass needs; `inputs` and `outputs` hold one
    /// entry a layer and direction, in the order of PyTorch's states.
    struct Pass {
        var inputs: [ReferenceLayer.Input] = []
        var outputs: [ReferenceLayer.Output] = []
        /// [rows, directions·H]
        var y: [Double]
        var hn: [Double] { outputs.flatMap(\.hn) }
        var cn: [Double] { outputs.flatMap(\.cn) }
    }

    private var directions: Int { bidirectional ? 2 : 1 }

    private func suffix(_ layer: Int, _ direction: Int) -> String {
        "_l\(layer)" + (direction == 0 ? "" : "_reverse")
    }

    private func layer(_ layer: Int, _ direction: Int) -> ReferenceLayer {
        let suffix = suffix(layer, direction)
        return ReferenceLayer(
            cell: cell, inputSize: layer == 0 ? inputSize : directions * hiddenSize,
            hiddenSize: hiddenSize, weightIH: parameters["weight_ih\(suffix)"]!,
            weightHH: parameters["weight_hh\(suffix)"]!, biasIH: parameters["bias_ih\(suffix)"]!,
            biasHH: parameters["bias_hh\(suffix)"]!)
    }

    /// The states h0, c0 and their gradients are [layers·directions, B, H]; nil means zeros.
    func forward(x: [Double], h0: [Double]?, c0: [Double]?, lengths: [Int]) -> Pass {
        var pass = Pass(y: x)
        let stateCount = lengths.count * hiddenSize
        for index in 0..<layers {
            var outputs: [ReferenceLayer.Output] = []
            for direction in 0..<directions {
                let part = index * directions + direction
                let slice = part * stateCount..<(part + 1) * stateCount
                let input = ReferenceLayer.Input(
                    x: pass.y, h0: h0.map { Array($0[slice]) }, c0: c0.map { Array($0[slice]) })
                let layout = PackedLayout(lengths: lengths, reversed: direction == 1)
                pass.inputs.append(input)
                outputs.append(layer(index, direction).forward(input, layout))
            }
            pass.outputs += outputs
            pass.y = joined(outputs.map(\.y))
        }
        return pass
    }

    /// The gradients of all parameters, and under "x", "h0" and "c0" of the inputs.
    func backward(
        _ pass: Pass, dy: [Double], dhn: [Double]?, dcn: [Double]?, lengths: [Int]
    ) -> [String: [Double]] {
        var gradients: [String: [Double]] = ["h0": [], "c0": []]
        let stateCount = lengths.count * hiddenSize
        var dy = dy
        for index in (0..<layers).reversed() {
            var dx = [Double](repeating: 0, count: pass.inputs[index * directions].x.count)
            var dh0: [Double] = []
            var dc0: [Double] = []
            for direction in 0..<directions {
                let part = index * directions + direction
                let slice = part * stateCount..<(part + 1) * stateCount
                let layout = PackedLayout(lengths: lengths, reversed: direction == 1)
                let result = layer(index, direction).backward(
                    .init(
                        dy: half(dy, direction), dhn: dhn.map { Array($0[slice]) },
                        dcn: dcn.map { Array($0[slice]) }),
                    pass.inputs[part], pass.outputs[part], layout)
                for element in dx.indices { dx[element] += result.dx[element] }
                dh0 += result.dh0
                dc0 += result.dc0
                let suffix = suffix(index, direction)
                gradients["weight_ih\(suffix)"] = result.weightIH
                gradients["weight_hh\(suffix)"] = result.weightHH
                gradients["bias_ih\(suffix)"] = result.biasIH
                gradients["bias_hh\(suffix)"] = result.biasHH
            }
            gradients["h0"] = dh0 + gradients["h0"]!
            gradients["c0"] = dc0 + gradients["c0"]!
            dy = dx
        }
        gradients["x"] = dy
        return gradients
    }

    /// The rows of both directions side by side.
    private func joined(_ parts: [[Double]]) -> [Double] {
        guard parts.count == 2 else { return parts[0] }
        return stride(from: 0, to: parts[0].count, by: hiddenSize).flatMap { start in
            parts[0][start..<start + hiddenSize] + parts[1][start..<start + hiddenSize]
        }
    }

    /// One direction's columns of [rows, directions·H].
    private func half(_ values: [Double], _ direction: Int) -> [Double] {
        stride(from: direction * hiddenSize, to: values.count, by: directions * hiddenSize)
            .flatMap { values[$0..<$0 + hiddenSize] }
    }
}
