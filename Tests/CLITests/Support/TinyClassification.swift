import Foundation

/// A classifier's run that takes a fraction of a second.
enum TinyClassification {
    /// Reviews whose rating follows from one word, with commas, quotes and a line break in fields,
    /// some without a text.
    static func csv(records: Int = 200) -> String {
        let opinions = [("awful", 1), ("fine", 3), ("superb", 5)]
        let rows = (0..<records).map { index -> String in
            let (word, rating) = opinions[index * 7 % 3]
            if index % 20 == 9 { return "\(index),,\(rating)\r\n" }
            return "\(index),\"A \"\"\(word)\"\" dress,\r\n\(word), number \(index % 5)\",\(rating)\r\n"
        }
        return "id,Review Text,Rating\r\n" + rows.joined()
    }

    /// Arguments of `train classify` on `reviews.csv`.
    static func arguments(out: String = "run", _ more: [String] = []) -> [String] {
        [
            "train", "classify", "--train", "reviews.csv", "--text-column", "Review Text",
            "--label-column", "Rating", "--split", "0.8,0.1,0.1", "--hidden-size", "12",
            "--embedding-size", "8", "--batch-size", "16", "--epochs", "6", "--learning-rate", "0.02",
            "--split-punctuation", "--threads", "2", "--out", out,
        ] + more
    }

    /// A folder with `reviews.csv` and a trained model in `run`.
    static func trained() throws -> CLIFolder {
        let folder = try CLIFolder()
        try folder.write(csv(), to: "reviews.csv")
        let outcome = try SeqNetProcess.run(arguments(out: "run"), in: folder)
        precondition(outcome.status == 0, outcome.error)
        return folder
    }
}
