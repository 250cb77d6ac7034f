/// Random arrays that are the same on every run: SplitMix64 (Steele et al. 2014).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Uniform in [-scale, scale).
    mutating func floats(_ count: Int, scale: Float = 1) -> [Float] {
        (0..<count).map { _ in (Float(next() >> 40) * 0x1p-23 - 1) * scale }
    }

    /// Uniform in [-scale, scale).
    mutating func doubles(_ count: Int, scale: Double = 1) -> [Double] {
        (0..<count).map { _ in (Double(next() >> 11) * 0x1p-52 - 1) * scale }
    }

    /// Uniform in 0..<bound.
    mutating func indices(_ count: Int, below bound: Int) -> [Int32] {
        (0..<count).map { _ in Int32(next() % UInt64(bound)) }
    }
}
