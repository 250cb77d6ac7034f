extension ParameterBlock {
    /// The parameters as tensors of a file; valid as long as the block.
    public var tensors: [SafetensorsTensor] {
        parameters.map {
            SafetensorsTensor(name: $0.name, shape: $0.shape, floats: UnsafeBufferPointer($0.buffer))
        }
    }

    /// Takes the values of a model file and packs them for inference. What the file lacks is found
    /// before memory for it is asked for.
    /// - Throws: `.badData` when a tensor is missing or has another shape or type.
    func load(_ file: ModelFile, _ context: KernelContext, as weights: WeightType) throws {
        for (name, shape) in shapes { _ = try file.floats(named: name, shape: shape) }
        try read(from: file)
        roundMatrices(to: weights)
        pack(context, backward: false, as: weights)
    }

    /// Copies the parameters of another model of the same shape, for fine-tuning.
    /// - Throws: `.usage` when a parameter is missing there or has another shape.
    public func copy(from other: ParameterBlock) throws {
        let theirs = Dictionary(uniqueKeysWithValues: other.parameters.map { ($0.name, $0) })
        for parameter in parameters {
            guard let source = theirs[parameter.name], source.shape == parameter.shape else {
                throw SeqNetError(
                    .usage, "--init-from: '\(parameter.name)' is "
                        + "\(theirs[parameter.name]?.shape.description ?? "missing") there and "
                        + "\(parameter.shape) here; use the sizes and tokens of that model")
            }
            parameter.values.update(from: source.values, count: parameter.count)
        }
    }

    /// Takes the values of a model file. Pack the parameters afterwards.
    /// - Throws: `.badData` when a tensor is missing or has another shape or type.
    public func read(from file: ModelFile) throws {
        for parameter in parameters {
            let floats = try file.floats(named: parameter.name, shape: parameter.shape)
            _ = parameter.buffer.update(fromContentsOf: floats)
        }
    }
}
