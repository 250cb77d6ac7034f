/// Weather, of mean 0 and variance 1: each hour keeps 96 % of the hour before.
struct Weather {
    private static let memory = 0.96

    private var noise: Noise
    private var state: Double

    init(seed: UInt64, stream: UInt64) {
        noise = Noise(seed: seed, stream: stream)
        state = noise.next()
    }

    mutating func next() -> Double {
        let kept = Self.memory * state
        state = kept + (1 - Self.memory * Self.memory).squareRoot() * noise.next()
        return state
    }
}
