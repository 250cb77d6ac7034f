/// Independent numbers of mean 0 and variance 1, nearly normal: sums of twelve uniform ones.
///
/// So they need no logarithm, whose last bit differs between systems.
struct Noise {
    private var random: Random

    init(seed: UInt64, stream: UInt64) { random = Random(seed: seed, stream: stream) }

    mutating func next() -> Double {
        (0..<12).reduce(-6) { sum, _ in sum + random.uniformDouble() }
    }
}
