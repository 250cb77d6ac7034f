/// A growing set of tokens, each a string of bytes with the index at which it was added.
///
/// Tokens are compared byte by byte, never as `String`, which takes é and e with a
/// combining accent for equal. Hashes are Swift's, seeded anew in every process, so no
/// text can be built to make them collide; nothing that is kept depends on them.
package struct TokenTable: Sendable {
    /// The tokens one after another.
    private var bytes: [UInt8] = []
    /// Where each token ends in `bytes`.
    private var ends: [Int] = []
    /// The index of each token of a single byte, or -1: most lookups of text in
    /// characters end here.
    private var singles = [Int32](repeating: -1, count: 256)
    /// Open addressing with linear probing. A slot holds the upper half of the hash and
    /// the token's index + 1; 0 is an empty slot.
    private var slots = [UInt64](repeating: 0, count: 64)

    package init() {}

    /// The number of tokens.
    package var count: Int { ends.count }

    /// The index of a token; nil if it is not in the table. Allocates nothing.
    package func index(of token: UnsafeBufferPointer<UInt8>) -> Int32? {
        if token.count == 1 {
            let index = singles[Int(token[0])]
            return index < 0 ? nil : index
        }
        let index = slots[slot(of: token, hash: Self.hash(token))] & 0xFFFF_FFFF
        return index == 0 ? nil : Int32(index - 1)
    }

    /// The index of a token, which is added if it is new.
    package mutating func insert(_ token: UnsafeBufferPointer<UInt8>) -> Int32 {
        if token.count == 1 {
            if singles[Int(token[0])] < 0 { singles[Int(token[0])] = append(token) }
            return singles[Int(token[0])]
        }
        let hash = Self.hash(token)
        let slot = slot(of: token, hash: hash)
        if slots[slot] != 0 { return Int32(slots[slot] & 0xFFFF_FFFF) - 1 }
        let index = append(token)
        slots[slot] = hash & ~0xFFFF_FFFF | UInt64(index + 1)
        if count * 2 > slots.count { grow() }
        return index
    }

    /// The bytes of the token at an index.
    package subscript(index: Int) -> ArraySlice<UInt8> {
        bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
    }

    /// True if the token at `left` stands before the one at `right` in the order of
    /// their bytes.
    package func precedes(_ left: Int, _ right: Int) -> Bool {
        self[left].withUnsafeBytes { left in
            self[right].withUnsafeBytes { right in left.lexicographicallyPrecedes(right) }
        }
    }

    private mutating func append(_ token: UnsafeBufferPointer<UInt8>) -> Int32 {
        precondition(ends.count < Int(Int32.max) - 1, "more distinct tokens than ids")
        bytes.append(contentsOf: token)
        ends.append(bytes.count)
        return Int32(ends.count - 1)
    }

    /// The slot that holds a token, or the empty one in which it belongs.
    private func slot(of token: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            if slots[slot] >> 32 == hash >> 32
                && isEqual(token, Int(slots[slot] & 0xFFFF_FFFF) - 1)
            {
                return slot
            }
            slot = (slot + 1) & mask
        }
        return slot
    }

    private func isEqual(_ token: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        let start = index == 0 ? 0 : ends[index - 1]
        guard ends[index] - start == token.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            for offset in 0..<token.count where bytes[start + offset] != token[offset] {
                return false
            }
            return true
        }
    }

    /// Doubles the slots.
    private mutating func grow() {
        slots = [UInt64](repeating: 0, count: slots.count * 2)
        let mask = slots.count - 1
        bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            for (index, end) in ends.enumerated() {
                let token = UnsafeBufferPointer(rebasing: bytes[start..<end])
                start = end
                if token.count == 1 { continue }
                let hash = Self.hash(token)
                var slot = Int(truncatingIfNeeded: hash) & mask
                while slots[slot] != 0 { slot = (slot + 1) & mask }
                slots[slot] = hash & ~0xFFFF_FFFF | UInt64(index + 1)
            }
        }
    }

    private static func hash(_ token: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(token))
        return UInt64(truncatingIfNeeded: hasher.finalize())
    }
}
