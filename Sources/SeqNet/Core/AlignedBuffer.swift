/// Floats on a cache line's border, zero at first.
final class AlignedBuffer: @unchecked Sendable {
    /// Bytes of a cache line, and of the widest vector.
    static let alignment = 64

    let count: Int
    let floats: UnsafeMutablePointer<Float>

    init(count: Int) {
        precondition(count >= 0)
        self.count = count
        let bytes = max(count, 1) * MemoryLayout<Float>.stride
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: bytes, alignment: Self.alignment)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
        floats = memory.bindMemory(to: Float.self, capacity: max(count, 1))
    }

    deinit { UnsafeMutableRawPointer(floats).deallocate() }

    var buffer: UnsafeMutableBufferPointer<Float> { .init(start: floats, count: count) }

    func fill(with value: Float) { floats.update(repeating: value, count: count) }

    /// The next multiple of a cache line's floats.
    static func padded(_ count: Int) -> Int { (count + 15) / 16 * 16 }
}
