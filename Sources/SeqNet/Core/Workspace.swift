import CKernels

/// Memory that a tape hands out and takes back as a whole.
///
/// It grows to the greatest need of a step and is then one block that is reused, so that a
/// step in steady state allocates nothing.
final class Workspace {
    private var blocks: [AlignedBuffer] = []
    /// Floats used of the last block.
    private var used = 0
    /// Floats handed out since the last reset.
    private var total = 0

    /// Blocks are at least this many floats (1 MB), so that a first step needs few of them.
    private static let leastBlock = 1 << 18

    /// Blocks allocated so far, for tests of the steady state.
    private(set) var allocations = 0

    /// `count` floats on a cache line's border. Their content is arbitrary.
    func floats(_ count: Int) -> UnsafeMutablePointer<Float> {
        let padded = AlignedBuffer.padded(count)
        total += padded
        if let last = blocks.last, used + padded <= last.count {
            defer { used += padded }
            return last.floats + used
        }
        let block = allocate(max(padded, Self.leastBlock))
        used = padded
        return block.floats
    }

    func zeros(_ count: Int, _ context: KernelContext) -> UnsafeMutablePointer<Float> {
        let floats = floats(count)
        sn_fill(context.pointer, floats, 0, count)
        return floats
    }

    /// `count` integers, which take the room of as many floats. Their content is arbitrary.
    func integers(_ count: Int) -> UnsafeMutablePointer<Int32> {
        UnsafeMutableRawPointer(floats(count)).bindMemory(to: Int32.self, capacity: count)
    }

    /// A copy of integers.
    func integers(_ values: [Int32]) -> UnsafeMutablePointer<Int32> {
        let memory = integers(values.count)
        values.withUnsafeBufferPointer { memory.update(from: $0.baseAddress!, count: $0.count) }
        return memory
    }

    /// Takes everything back. Several blocks become one that holds as much as all of them.
    func reset() {
        if blocks.count > 1 {
            blocks.removeAll()
            _ = allocate(total)
        }
        used = 0
        total = 0
    }

    /// Takes everything back and gives the memory itself back to the system.
    func release() {
        blocks.removeAll()
        used = 0
        total = 0
    }

    private func allocate(_ count: Int) -> AlignedBuffer {
        let block = AlignedBuffer(count: count)
        allocations += 1
        blocks.append(block)
        return block
    }
}
