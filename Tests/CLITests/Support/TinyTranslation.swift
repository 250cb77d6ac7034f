import Foundation

/// A translator's run that takes a fraction of a second.
enum TinyTranslation {
    /// A word for each word, in the same order.
    static func pairs(_ count: Int = 240) -> String {
        let words = [("one", "un"), ("two", "deux"), ("three", "trois"), ("four", "quatre")]
        return (0..<count).map { number in
            let chosen = (0..<2 + number % 3).map { words[(number * 7 + $0 * 5 + number / 4) % 4] }
            return chosen.map(\.0).joined(separator: " ") + "!\t"
                + chosen.map(\.1).joined(separator: " ") + " !\n"
        }.joined()
    }

    /// Arguments of `train translate` on `pairs.tsv`.
    static func arguments(out: String = "run", epochs: Int = 1) -> [String] {
        [
            "train", "translate", "--train", "pairs.tsv", "--split", "0.8,0.1,0.1", "--cell", "gru",
            "--hidden-size", "24", "--embedding-size", "12", "--attention", "dot", "--dropout", "0",
            "--batch-size", "8", "--epochs", "\(epochs)", "--learning-rate", "0.02",
            "--split-punctuation", "--threads", "2", "--out", out,
        ]
    }

    /// A folder with `pairs.tsv` and a trained model in `run`; it translates well after 8 epochs.
    static func trained(epochs: Int = 1) throws -> CLIFolder {
        let folder = try CLIFolder()
        try folder.write(pairs(), to: "pairs.tsv")
        let outcome = try SeqNetProcess.run(arguments(epochs: epochs), in: folder)
        precondition(outcome.status == 0, outcome.error)
        return folder
    }
}
