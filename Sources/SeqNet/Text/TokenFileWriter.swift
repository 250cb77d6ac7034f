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
