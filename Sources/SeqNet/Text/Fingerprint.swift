/// A 64-bit hash by which a resumed run tells that its data changed. It guards against
/// mistakes, not against forgery.
///
/// FNV-1a (Fowler, Noll, Vo) taken over whole numbers in place of bytes, with the
/// finalizer of MurmurHash3 for the upper bits.
struct Fingerprint {
    private var hash: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ number: Int) {
        hash = (hash ^ UInt64(bitPattern: Int64(number))) &* 0x100_0000_01B3
    }

    /// Adds a string of bytes, so that its end is part of the hash.
    mutating func add(_ bytes: ArraySlice<UInt8>) {
        add(bytes.count)
        for byte in bytes { add(Int(byte)) }
    }

    /// The hash as 16 hexadecimal digits.
    var text: String {
        var mixed = hash
        mixed = (mixed ^ mixed >> 33) &* 0xFF51_AFD7_ED55_8CCD
        mixed = (mixed ^ mixed >> 33) &* 0xC4CE_B9FE_1A85_EC53
        mixed ^= mixed >> 33
        let digits = String(mixed, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
