extension LinearForecast {
    private static let weightName = "reference.weight", biasName = "reference.bias"

    /// The forecast as a model file holds it, so that training and the file tell the same errors.
    var rounded: LinearForecast {
        LinearForecast(
            weights: weights.map { Double(Float($0)) }, bias: bias.map { Double(Float($0)) })
    }

    /// The forecast as tensors of a model file: `reference.weight [horizon·targets,
    /// context·columns]` and `reference.bias [horizon·targets]`.
    func block() -> ParameterBlock {
        let outputs = bias.count, inputs = weights.count / outputs
        let block = ParameterBlock()
        let weight = block.add(Self.weightName, [outputs, inputs], .zeros)
        let offset = block.add(Self.biasName, [outputs], .zeros)
        for output in 0..<outputs {
            for input in 0..<inputs {
                weight.values[output * inputs + input] = Float(weights[input * outputs + output])
            }
            offset.values[output] = Float(bias[output])
        }
        return block
    }

    /// The forecast of a model file; nil when it holds none.
    /// - Throws: `badData` for tensors of another shape or type.
    init?(_ file: ModelFile, inputs: Int, outputs: Int) throws {
        guard file.tensors.entries.contains(where: { $0.name == Self.weightName }) else { return nil }
        let weight = try file.floats(named: Self.weightName, shape: [outputs, inputs])
        let offset = try file.floats(named: Self.biasName, shape: [outputs])
        var weights = [Double](repeating: 0, count: inputs * outputs)
        for output in 0..<outputs {
            for input in 0..<inputs {
                weights[input * outputs + output] = Double(weight[output * inputs + input])
            }
        }
        self.init(weights: weights, bias: offset.map { Double($0) })
    }
}
