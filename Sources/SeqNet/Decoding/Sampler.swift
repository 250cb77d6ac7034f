import CKernels

/// Draws tokens from logits, one after another.
///
/// The same options, seed, sequence and logits give the same tokens on every platform.
/// Memory is allocated at the first token and reused.
public struct Sampler {
    public let options: SamplingOptions
    private let context: KernelContext
    /// The token that is never drawn.
    private let forbidden: Int32?
    private var random: Random
    /// [V] probabilities but for a factor, the greatest of them 1; 0 for what cannot be drawn.
    private var weights: [Float] = []
    private var likeliestTokens = LikeliestTokens()

    /// - Parameters:
    ///   - options: how tokens are drawn.
    ///   - vocabulary: the model's, which tells `<unk>`.
    ///   - seed: of the random numbers.
    ///   - sequence: which of the independent sequences of that seed this is, from 0.
    public init(
        _ options: SamplingOptions, _ vocabulary: Vocabulary, seed: UInt64, sequence: Int = 0,
        _ context: KernelContext
    ) {
        self.options = options
        self.context = context
        forbidden = options.allowsUnknown ? nil : vocabulary.unknown
        random = Random(seed: seed, stream: RandomStream.sampling(sequence: sequence))
    }

    /// The next token.
    ///
    /// - Parameter logits: [V].
    /// - Throws: `badData` for logits that are no numbers.
    public mutating func next(_ logits: UnsafeBufferPointer<Float>) throws -> Int32 {
        let likeliest = try likeliest(logits)
        if options.temperature == 0 || options.topK == 1 { return likeliest }
        weigh(logits, against: logits[Int(likeliest)])
        if options.topK != nil || options.topP < 1 { filter() }
        return draw()
    }

    /// The token of the greatest logit, of equal ones the first.
    private func likeliest(_ logits: UnsafeBufferPointer<Float>) throws -> Int32 {
        let forbidden = forbidden.map(Int.init) ?? -1
        var id = -1
        var greatest = -Float.infinity
        var hasNaN = false
        for index in logits.indices {
            let logit = logits[index]
            if logit.isNaN { hasNaN = true }
            if logit > greatest && index != forbidden {
                greatest = logit
                id = index
            }
        }
        guard !hasNaN, greatest.isFinite else {
            throw SeqNetError.computesNoNumbers
        }
        return Int32(id)
    }

    /// Fills the weights: exp of the logits' differences from the greatest, divided by the
    /// temperature.
    private mutating func weigh(_ logits: UnsafeBufferPointer<Float>, against greatest: Float) {
        if weights.count != logits.count { weights = Array(repeating: 0, count: logits.count) }
        let temperature = options.temperature
        weights.withUnsafeMutableBufferPointer { weights in
            if temperature == 1 {
                for index in weights.indices { weights[index] = logits[index] - greatest }
            } else {
                // In float64, where no temperature above 0 becomes 0.
                let greatest = Double(greatest)
                for index in weights.indices {
                    weights[index] = Float((Double(logits[index]) - greatest) / temperature)
                }
            }
            if let forbidden { weights[Int(forbidden)] = -.infinity }
            sn_exp_u20(context.pointer, weights.baseAddress, weights.baseAddress, weights.count)
        }
    }

    /// Makes the weight of every token 0 that top-k or top-p leave out.
    private mutating func filter() {
        weights.withUnsafeMutableBufferPointer { weights in
            if let topK = options.topK { likeliestTokens.keep(count: topK, of: weights) }
            if options.topP < 1 {
                let mass = weights.reduce(0) { $0 + Double($1) }
                likeliestTokens.keep(weight: options.topP * mass, of: weights)
            }
        }
    }

    /// A token drawn by weight, going through them by id.
    private mutating func draw() -> Int32 {
        let mass = weights.reduce(0) { $0 + Double($1) }
        // Below the mass, also when rounded; and the sum below is the same as the one above.
        let target = random.uniformDouble() * mass
        var index = 0
        var sum = Double(weights[0])
        while sum <= target {
            index += 1
            sum += Double(weights[index])
        }
        return Int32(index)
    }
}
