extension LanguageModel {
    /// Refuses a model whose training does not fit this machine.
    ///
    /// Call it before the parameters' first use, which allocates them.
    /// - Parameter rows: of a batch, all steps together.
    /// - Throws: `.usage` that names what to make smaller.
    public func requireMemory(toTrain options: TrainingOptions, rows: Int) throws {
        // Weights, gradients, the optimiser's moments, and the packed copy of the recurrent
        // weights in both forms; of each row and layer the gates, states and gradients.
        let blocks = 4 + Optimizer.momentNames(options).count, perUnit = 10.0
        let weights = Double(blocks) * Double(parameters.floats)
        let activations =
            perUnit * Double(rows) * Double(configuration.layers) * Double(configuration.hiddenSize)
        try SystemMemory.require(
            (weights + activations) * Double(MemoryLayout<Float>.stride),
            for: "a model of \(parameters.count) parameters in batches of \(rows) tokens",
            remedy: "use a smaller --hidden-size, --embedding-size, --layers, --vocab-size, "
                + "--batch-size or --sequence-length")
    }
}
