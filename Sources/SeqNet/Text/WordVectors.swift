/// Vectors of words, trained elsewhere, in the text form of word2vec, GloVe and fastText: a line
/// for each word, the word and its numbers divided by blanks. A first line of two whole numbers
/// (how many words, how many numbers each) may stand before them.
///
/// ```swift
/// let vectors = try WordVectors(contentsOf: "glove.6B.100d.txt", for: vocabulary)
/// print(vectors.ids.count, "of", vocabulary.count, "words have a vector of", vectors.size)
/// ```
public struct WordVectors: Sendable {
    /// Numbers of a vector.
    public let size: Int
    /// The ids of the words that were found, in the order of the file.
    public let ids: [Int32]
    /// [ids, size].
    public let values: [Float]

    /// Reads the vectors of a vocabulary's words. The file is never held as a whole.
    ///
    /// A word that is there twice has its first vector.
    /// - Throws: `cannotRead`; `badData` that names the line for one that has more or fewer numbers
    ///   than the first, or is not UTF-8; `badData` for a file without vectors, or with fewer than
    ///   its header promises.
    public init(contentsOf path: String, for vocabulary: Vocabulary) throws {
        let file = TextFile(path: path)
        var reader = WordVectorReader(source: file.name, vocabulary: vocabulary)
        try file.forEachLine { try reader.take($0) }
        try reader.finish()
        size = reader.size!
        ids = reader.ids
        values = reader.values
    }

    /// Puts the vectors in the place of the rows of their words.
    /// - Precondition: `embedding` is of the vocabulary and has vectors of `size` numbers.
    public func copy(to embedding: Embedding) {
        precondition(embedding.size == size, "vectors of one size")
        values.withUnsafeBufferPointer { values in
            for (index, id) in ids.enumerated() {
                (embedding.weight.values + Int(id) * size)
                    .update(from: values.baseAddress! + index * size, count: size)
            }
        }
    }
}
