extension Vocabulary {
    /// The tokens by id, as a model file holds them: words and characters as they are,
    /// bytes as `<0x00>` … `<0xFF>`.
    public var tokens: [String] {
        (0..<count).map { index in
            let bytes = slice(of: Int32(index))
            return kind == .bytes
                ? Self.notation(bytes.first!) : String(decoding: bytes, as: UTF8.self)
        }
    }

    /// Reads a vocabulary back from `tokens`. The order is kept, sorted or not.
    ///
    /// - Parameter source: what error messages call the place, such as
    ///   `model 'a.safetensors', vocabulary`.
    /// - Throws: `badData` for a token that appears twice or cannot be of this kind, and
    ///   for special tokens that are missing.
    public init(kind: TokenKind, tokens: [String], source: String) throws {
        func fault(_ what: String) -> SeqNetError {
            SeqNetError(
                .badData,
                "\(source): \(what); the file is damaged or not made by seqnet, use another copy")
        }
        if kind == .bytes {
            if tokens.count != 256 { throw fault("\(tokens.count) tokens, where bytes are 256") }
            for (index, token) in tokens.enumerated() {
                let expected = Self.notation(UInt8(index))
                if !token.utf8.elementsEqual(expected.utf8) {
                    throw fault("token \(index) is '\(token)' in place of '\(expected)'")
                }
            }
            self = .bytes
            return
        }
        var table = TokenTable()
        for (index, token) in tokens.enumerated() {
            if let what = Self.fault(of: token, kind: kind) {
                throw fault("token \(index) ('\(token)') \(what)")
            }
            let id = Array(token.utf8).withUnsafeBufferPointer { table.insert($0) }
            if id != index { throw fault("token \(index) ('\(token)') is token \(id) already") }
        }
        for token in kind.requiredTokens
        where token.withUnsafeBufferPointer({ table.index(of: $0) == nil }) {
            let name = token == [0x0A] ? "the newline" : String(decoding: token, as: UTF8.self)
            throw fault("\(name) is missing")
        }
        self.init(kind: kind, table: table, counts: nil)
    }

    /// What keeps a string from being a token of this kind; nil if nothing does.
    private static func fault(of token: String, kind: TokenKind) -> String? {
        let scalars = token.unicodeScalars
        if scalars.isEmpty { return "is empty" }
        if kind == .characters {
            if token.utf8.elementsEqual(SpecialToken.unknown) || scalars.count == 1 { return nil }
            return "is more than one character"
        }
        return scalars.contains { $0.properties.isWhitespace } ? "holds white space" : nil
    }

    /// A byte in the readable notation of model files.
    private static func notation(_ byte: UInt8) -> String {
        let hex = String(byte, radix: 16, uppercase: true)
        return "<0x" + (hex.count == 1 ? "0" : "") + hex + ">"
    }
}
