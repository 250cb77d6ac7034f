extension ParameterBlock {
    /// Refuses a model whose training does not fit this machine.
    ///
    /// Call it before the parameters' first use, which allocates them.
    /// - Parameters:
    ///   - rows: of a batch, all steps together.
    ///   - units: of all layers and directions together.
    /// - Throws: `.usage` that names what to make smaller.
    public func requireMemory(
        toTrain options: TrainingOptions, rows: Int, units: Int
    ) throws {
        // Weights, gradients, the optimiser's moments, and the packed copy of the recurrent
        // weights in both forms; of each row and unit the gates, states and gradients.
        let blocks = 4 + Optimizer.momentNames(options).count, perUnit = 10.0
        let weights = Double(blocks) * Double(floats)
        let activations = perUnit * Double(rows) * Double(units)
        try SystemMemory.require(
            (weights + activations) * Double(MemoryLayout<Float>.stride),
            for: "a model of \(count) parameters in batches of \(rows) tokens",
            remedy: "use a smaller --hidden-size, --embedding-size, --layers, --vocab-size, "
                + "--batch-size or --sequence-length")
    }
}
