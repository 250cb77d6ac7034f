extension ParameterBlock {
    /// The parameters as tensors of a file; valid as long as the block.
    public var tensors: [SafetensorsTensor] {
        parameters.map {
            SafetensorsTensor(name: $0.name, shape: $0.shape, floats: UnsafeBufferPointer($0.buffer))
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
