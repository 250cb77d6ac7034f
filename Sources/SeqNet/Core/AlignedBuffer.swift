import CKernels

#if canImport(Glibc)
import Glibc
#endif

/// Floats on a cache line's border, zero at first.
///
/// A large buffer asks the system for huge pages: a kernel then walks through it without
/// missing the translation cache, and its place in the processor's caches does not depend on
/// which small pages the system happened to give. It is a wish; a system that has no huge
/// pages gives small ones.
final class AlignedBuffer: @unchecked Sendable {
    /// Bytes of a cache line, and of the widest vector.
    static let alignment = 64
    /// Bytes of a huge page of x86-64 and of most AArch64 systems.
    private static let hugePage = 1 << 21

    let count: Int
    let floats: UnsafeMutablePointer<Float>

    init(count: Int) {
        precondition(count >= 0)
        self.count = count
        let bytes = max(count, 1) * MemoryLayout<Float>.stride
        let isLarge = bytes >= Self.hugePage
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: bytes, alignment: isLarge ? Self.hugePage : Self.alignment)
        #if canImport(Glibc)
        if isLarge { _ = madvise(memory, bytes, MADV_HUGEPAGE) }
        #endif
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
        floats = memory.bindMemory(to: Float.self, capacity: max(count, 1))
    }

    deinit { UnsafeMutableRawPointer(floats).deallocate() }

    var buffer: UnsafeMutableBufferPointer<Float> { .init(start: floats, count: count) }

    func fill(with value: Float) { floats.update(repeating: value, count: count) }

    /// On the context's threads.
    func fill(with value: Float, _ context: KernelContext) {
        sn_fill(context.pointer, floats, value, count)
    }

    /// The next multiple of a cache line's floats.
    static func padded(_ count: Int) -> Int { (count + 15) / 16 * 16 }
}
