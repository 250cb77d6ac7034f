import ArgumentParser
import SeqNet

/// Vectors that the embedding of a model of words begins with.
struct WordVectorArguments: ParsableArguments {
    @Option(
        help: .init("Vectors to begin with, as text of word2vec, GloVe or fastText; --embedding-size "
            + "is theirs. (default: none)", valueName: "file"), completion: .file())
    var wordVectors: String?

    /// The vectors to begin with; nil without them, and where a run goes on: its checkpoint has the
    /// embedding, and the file may be gone.
    func vectors(of run: RunArguments, _ resolver: inout OptionResolver) throws -> FirstVectors? {
        guard let path = try resolver.string("word_vectors", wordVectors), run.checkpoint == nil else {
            return nil
        }
        if resolver.beginsWithModel {
            throw SeqNetError(
                .usage, "--word-vectors: --init-from has an embedding already; leave one out")
        }
        return FirstVectors(path: path)
    }
}
