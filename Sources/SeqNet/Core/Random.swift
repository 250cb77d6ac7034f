import CKernels

/// Seeded random numbers: Philox 4x32-10 (Salmon et al., "Parallel random numbers: as easy
/// as 1, 2, 3", SC 2011).
///
/// The same seed and stream give the same numbers on every platform and in every version of
/// Swift, as long as only the methods below are used: the algorithms behind the standard
/// library's `random(in:using:)` and `shuffle(using:)` may change.
///
/// ```swift
/// var random = Random(seed: 1, stream: 0)
/// let die = 1 + random.integer(below: 6)
/// ```
public struct Random: RandomNumberGenerator, Sendable {
    private let seed: UInt64
    private let stream: UInt64
    /// The counter of the next block of 128 bits.
    private var index: UInt64 = 0
    /// The upper half of the last block, until it is used.
    private var upperHalf: UInt64?

    /// Starts at the first number of a stream. Streams of one seed share no numbers.
    public init(seed: UInt64, stream: UInt64) {
        self.seed = seed
        self.stream = stream
    }

    /// The next 64 random bits: of each block first the lower half, then the upper one.
    public mutating func next() -> UInt64 {
        if let half = upperHalf {
            upperHalf = nil
            return half
        }
        var words: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &words) { bytes in
            sn_philox(bytes.assumingMemoryBound(to: UInt32.self).baseAddress, seed, stream, index)
        }
        index &+= 1
        upperHalf = UInt64(words.3) << 32 | UInt64(words.2)
        return UInt64(words.1) << 32 | UInt64(words.0)
    }

    /// A number in [0, 1), a multiple of 2^-53: the upper 53 of the next 64 bits.
    public mutating func uniformDouble() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// A number in [0, 1), a multiple of 2^-24: the upper 24 of the next 64 bits.
    public mutating func uniformFloat() -> Float {
        Float(next() >> 40) * 0x1p-24
    }

    /// An integer in 0 ..< `bound`, each equally likely. `bound` is at least 1.
    ///
    /// The upper half of the product of `bound` and 64 random bits, which are drawn again
    /// when the lower half is one of the 2^64 mod `bound` that would favour some results
    /// (Lemire, "Fast random integer generation in an interval", 2019).
    public mutating func integer(below bound: Int) -> Int {
        precondition(bound >= 1, "integer(below:): the bound must be at least 1")
        let bound = UInt64(bound)
        var product = bound.multipliedFullWidth(by: next())
        if product.low < bound {
            let favoured = (0 &- bound) % bound
            while product.low < favoured {
                product = bound.multipliedFullWidth(by: next())
            }
        }
        return Int(product.high)
    }

    /// One of the elements, each equally likely. There is at least one.
    public mutating func element<Element>(of elements: [Element]) -> Element {
        elements[integer(below: elements.count)]
    }

    /// Puts the elements in an order drawn from all orders, each equally likely.
    ///
    /// Fisher and Yates, from the end: for i = n-1, n-2 … 1, element i changes places with
    /// element `integer(below: i + 1)`.
    public mutating func shuffle<Element>(_ elements: inout [Element]) {
        for i in stride(from: elements.count - 1, to: 0, by: -1) {
            elements.swapAt(i, integer(below: i + 1))
        }
    }
}
