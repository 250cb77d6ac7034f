import SeqNet

/// The file of `--word-vectors`, of which an embedding has its first values.
struct FirstVectors {
    let path: String

    /// Puts the vectors of the vocabulary's words in their place.
    /// - Throws: `.usage` for vectors of another size; what `WordVectors` throws.
    func put(
        in embedding: Embedding, of vocabulary: Vocabulary, _ reporter: TrainingReporter
    ) throws {
        let vectors = try WordVectors(contentsOf: path, for: vocabulary)
        guard vectors.size == embedding.size else {
            throw SeqNetError(
                .usage, "--word-vectors '\(path)': its vectors have \(vectors.size) numbers, and the "
                    + "embedding \(embedding.size); give --embedding-size \(vectors.size)")
        }
        vectors.copy(to: embedding)
        reporter.note("\(path): vectors for \(vectors.ids.count) of the \(vocabulary.count) words")
    }
}
