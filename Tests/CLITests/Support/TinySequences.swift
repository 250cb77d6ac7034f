import Foundation

/// A generator's run on TSV that takes a fraction of a second.
enum TinySequences {
    /// Words that count up or down, as the label says.
    static func tsv(records: Int = 80) -> String {
        let words = ["one", "two", "three", "four"]
        return (0..<records).map { index in
            let text = index % 2 == 0 ? words : words.reversed()
            return "\(index % 2 == 0 ? "up" : "down")\t" + text.dropFirst(index % 3).joined(separator: " ")
        }.joined(separator: "\n") + "\n"
    }

    /// Arguments of `train generate` on `tunes.tsv`.
    static func arguments(out: String = "run", _ more: [String] = []) -> [String] {
        [
            "train", "generate", "--train", "tunes.tsv", "--split", "0.8,0.1,0.1", "--hidden-size", "12",
            "--embedding-size", "8", "--batch-size", "8", "--epochs", "4", "--learning-rate", "0.02",
            "--threads", "2", "--out", out,
        ] + more
    }

    /// A folder with `tunes.tsv` and a trained model in `run`.
    static func trained() throws -> CLIFolder {
        let folder = try CLIFolder()
        try folder.write(tsv(), to: "tunes.tsv")
        let outcome = try SeqNetProcess.run(arguments(), in: folder)
        precondition(outcome.status == 0, outcome.error)
        return folder
    }
}
