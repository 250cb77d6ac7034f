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

    fileprivate init(mapping file: ScratchFile, width: TokenWidth) throws {
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

/// Writes a `TokenFile`.
package struct TokenFileWriter {
    private let file: ScratchFile
    private let width: TokenWidth

    /// - Parameter vocabularySize: ids are below it; it decides their width.
    package init(to file: ScratchFile, vocabularySize: Int) {
        self.file = file
        width = TokenWidth(vocabularySize: vocabularySize)
    }

    /// Adds ids at the end.
    ///
    /// - Throws: `cannotWrite`.
    package func append(_ ids: [Int32]) throws {
        switch width {
        case .one: try ids.map { UInt8(truncatingIfNeeded: $0) }.withUnsafeBytes(file.append)
        case .two: try ids.map { UInt16(truncatingIfNeeded: $0) }.withUnsafeBytes(file.append)
        case .four: try ids.withUnsafeBytes(file.append)
        }
    }

    /// Ends the file and maps it.
    ///
    /// - Throws: `cannotRead` if it cannot be mapped.
    /// - Precondition: there is at least one id.
    package func finish() throws -> TokenFile { try TokenFile(mapping: file, width: width) }
}
