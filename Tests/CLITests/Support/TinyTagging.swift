import Foundation

/// A tagger's run that takes a fraction of a second.
enum TinyTagging {
    /// CoNLL-U with ranges; the tag follows from the last letter of a word.
    static func conllu(sentences: Int = 200) -> String {
        let stems = ["ta", "ke", "lo", "mi", "ru"]
        return (0..<sentences).map { sentence in
            var lines = ["# sent_id = \(sentence)", "1-2\tboth\t_\t_\t_\t_\t_\t_\t_\t_"]
            for word in 1...2 + sentence % 4 {
                let stem = stems[(sentence * 3 + word) % 5] + stems[(sentence + word * 2) % 5]
                let (ending, tag) = [("s", "NOUN"), ("d", "VERB"), ("y", "ADJ")][(sentence / 2 + word * word) % 3]
                lines.append("\(word)\t\(stem)\(ending)\t_\t\(tag)\tX\(tag)\t_\t0\t_\t_\t_")
            }
            return lines.joined(separator: "\n")
        }.joined(separator: "\n\n") + "\n\n"
    }

    /// Arguments of `train tag` on `words.conllu`.
    static func arguments(out: String = "run", _ more: [String] = []) -> [String] {
        [
            "train", "tag", "--train", "words.conllu", "--split", "0.8,0.1,0.1", "--character-lstm",
            "--hidden-size", "12", "--embedding-size", "8", "--batch-size", "16", "--epochs", "4",
            "--learning-rate", "0.02", "--threads", "2", "--out", out,
        ] + more
    }

    /// A folder with `words.conllu` and a trained model in `run`.
    static func trained() throws -> CLIFolder {
        let folder = try CLIFolder()
        try folder.write(conllu(), to: "words.conllu")
        let outcome = try SeqNetProcess.run(arguments(out: "run"), in: folder)
        precondition(outcome.status == 0, outcome.error)
        return folder
    }
}
