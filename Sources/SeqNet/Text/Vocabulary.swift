/// The dictionary of a model: which tokens there are, and the id of each, 0 … V-1.
///
/// A vocabulary that is built has its tokens in the order of their UTF-8 bytes, special
/// tokens among them. Words have `<eos>` and `<unk>`; characters have `<unk>` and always
/// the newline; bytes are the 256 values, each its own id, and nothing else.
///
/// Two vocabularies are equal when their tokens and kinds are; counts do not matter.
public struct Vocabulary: Sendable {
    public let kind: TokenKind
    /// How often each token was met in the training text, by id; those that fell to
    /// `<unk>` count there. Nil when the vocabulary was read from a model.
    public let counts: [Int]?
    /// The token that closes a line, and so the one a text is taken to follow: `<eos>`
    /// of words, the newline of characters and bytes.
    public let lineEnd: Int32
    /// `<unk>`; nil for bytes, none of which can be unknown.
    public let unknown: Int32?
    private let table: TokenTable

    /// Takes the tokens of a table as they are.
    init(kind: TokenKind, table: TokenTable, counts: [Int]?) {
        self.kind = kind
        self.table = table
        self.counts = counts
        // Whoever fills the table puts these tokens in.
        lineEnd = kind.lineEnd.withUnsafeBufferPointer { table.index(of: $0)! }
        unknown =
            kind == .bytes
            ? nil : SpecialToken.unknown.withUnsafeBufferPointer { table.index(of: $0)! }
    }

    /// The vocabulary of raw bytes: token i is the byte i.
    public static let bytes = Vocabulary(bytesCountedAs: nil)

    /// The vocabulary of raw bytes with the count of each byte.
    init(bytesCountedAs counts: [Int]?) {
        var table = TokenTable()
        for byte in UInt8.min...UInt8.max {
            withUnsafePointer(to: byte) {
                _ = table.insert(UnsafeBufferPointer(start: $0, count: 1))
            }
        }
        self.init(kind: .bytes, table: table, counts: counts)
    }

    /// The number of tokens, V.
    public var count: Int { table.count }

    /// The bytes of a token. Valid UTF-8, unless the tokens are bytes.
    ///
    /// - Precondition: `id` is in 0 … V-1.
    public func bytes(of id: Int32) -> [UInt8] { Array(table[Int(id)]) }

    /// The id of a token, given by its bytes; nil if it is not in the vocabulary.
    public func id(of token: [UInt8]) -> Int32? { token.withUnsafeBufferPointer { id(of: $0) } }

    /// The id of a token; nil if it is not in the vocabulary.
    public func id(of token: String) -> Int32? { id(of: Array(token.utf8)) }

    /// The id of a token, given by its bytes, without allocating; nil if it is not in the
    /// vocabulary.
    public func id(of token: UnsafeBufferPointer<UInt8>) -> Int32? { table.index(of: token) }

    /// The token as the course draws it: a vector [V] of zeros with a one at `id`.
    ///
    /// Models look rows up by id instead, which gives the same product.
    ///
    /// - Precondition: `id` is in 0 … V-1.
    public func oneHot(_ id: Int32) -> [Float] {
        precondition(0 <= id && Int(id) < count, "token \(id) of \(count)")
        var vector = [Float](repeating: 0, count: count)
        vector[Int(id)] = 1
        return vector
    }

    /// The bytes of a token, without copying them.
    func slice(of id: Int32) -> ArraySlice<UInt8> { table[Int(id)] }
}

extension Vocabulary: Equatable {
    public static func == (left: Vocabulary, right: Vocabulary) -> Bool {
        left.kind == right.kind && left.count == right.count
            && (0..<left.count).allSatisfy { left.table[$0] == right.table[$0] }
    }
}
