#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Token ids in a memory-mapped file, 1, 2 or 4 bytes an id. Only what is used is in
/// memory, so the file may be larger than that.
///
/// The map is read-only and never changes, so any number of threads may read it.
package final class TokenFile: @unchecked Sendable {
    private let bytes: UnsafeRawBufferPointer
    private let width: TokenWidth

    init(mapping file: ScratchFile, width: TokenWidth) throws {
        bytes = try file.map()
        self.width = width
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress!), bytes.count) }

    /// The number of ids.
    package var count: Int { bytes.count / width.rawValue }

    /// Copies a range of ids to `ids`.
    ///
    /// - Precondition: the range lies in the file and is as long as the buffer or shorter.
    package func copy(_ range: Range<Int>, to ids: UnsafeMutableBufferPointer<Int32>) {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= count && range.count <= ids.count,
            "ids \(range) of \(count) to a buffer of \(ids.count)")
        switch width {
        case .one: copy(UInt8.self, range, to: ids)
        case .two: copy(UInt16.self, range, to: ids)
        case .four: copy(UInt32.self, range, to: ids)
        }
    }

    private func copy<Id: FixedWidthInteger>(
        _: Id.Type, _ range: Range<Int>, to ids: UnsafeMutableBufferPointer<Int32>
    ) {
        let stored = bytes.assumingMemoryBound(to: Id.self)
        for index in 0..<range.count {
            ids[index] = Int32(truncatingIfNeeded: stored[range.lowerBound + index])
        }
    }
}
