import CKernels
import Testing

/// Floats on a 64-byte boundary with a guard zone before and behind them.
///
/// They are NaN unless filled, so that a kernel that reads what nobody wrote is seen; a
/// kernel that writes past an end is reported when the floats are released.
final class AlignedFloats {
    let count: Int
    let pointer: UnsafeMutablePointer<Float>

    private let memory: UnsafeMutablePointer<Float>
    private let madeAt: SourceLocation
    private static let alignment = 64
    private static let guardFloats = 16
    private static let guardBits: UInt32 = 0x7FC0_DEAD

    init(
        count: Int, filledWith value: Float = .nan,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        self.count = count
        madeAt = sourceLocation
        let total = count + 2 * Self.guardFloats
        let raw = UnsafeMutableRawPointer.allocate(
            byteCount: total * MemoryLayout<Float>.stride, alignment: Self.alignment)
        memory = raw.bindMemory(to: Float.self, capacity: total)
        memory.initialize(repeating: Float(bitPattern: Self.guardBits), count: total)
        pointer = memory + Self.guardFloats
        pointer.update(repeating: value, count: count)
    }

    convenience init(_ values: [Float], sourceLocation: SourceLocation = #_sourceLocation) {
        self.init(count: values.count, sourceLocation: sourceLocation)
        values.withUnsafeBufferPointer { source in
            if let base = source.baseAddress { pointer.update(from: base, count: count) }
        }
    }

    deinit {
        let guards = Array(0..<Self.guardFloats) + Array((Self.guardFloats + count)..<total)
        if guards.contains(where: { memory[$0].bitPattern != Self.guardBits }) {
            Issue.record("\(count) floats: written out of bounds", sourceLocation: madeAt)
        }
        memory.deallocate()
    }

    private var total: Int { count + 2 * Self.guardFloats }

    /// A copy of the floats.
    var values: [Float] {
        Array(UnsafeBufferPointer(start: pointer, count: count))
    }

    /// The matrix of rows that begin every `stride` floats.
    func rows(stride: Int) -> sn_rows {
        sn_rows(base: UnsafePointer(pointer), stride: stride, table: nil)
    }
}
