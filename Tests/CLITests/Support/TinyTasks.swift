/// A run of every task that takes a fraction of a second.
struct TinyTask {
    let name: String
    let file: String
    let text: String
    /// What `train` needs to know of the data.
    let options: [String]

    static let all = [
        TinyTask(
            name: "lm", file: "text.txt", text: TinyTraining.text(lines: 60),
            options: ["--batch-size", "4"]),
        TinyTask(
            name: "tag", file: "words.conllu", text: TinyTagging.conllu(sentences: 60),
            options: ["--split", "0.8,0.2"]),
        TinyTask(
            name: "classify", file: "reviews.csv", text: TinyClassification.csv(records: 60),
            options: [
                "--text-column", "Review Text", "--label-column", "Rating", "--split", "0.8,0.2",
            ]),
        TinyTask(
            name: "generate", file: "names.tsv",
            text: (0..<60).map { "l\($0 % 2)\tab cd \($0 % 2)\n" }.joined(),
            options: ["--split", "0.8,0.2"]),
        TinyTask(
            name: "translate", file: "pairs.tsv",
            text: (0..<60).map { "a b\($0 % 5)\tb\($0 % 5) a\n" }.joined(),
            options: ["--split", "0.8,0.2"]),
        TinyTask(
            name: "forecast", file: "rows.csv", text: "x\n" + (0..<90).map { "\($0 % 7)\n" }.joined(),
            options: ["--target", "x", "--context", "8", "--horizon", "2", "--split", "60,15,15"]),
    ]

    /// Trains in a folder, which gets the data first.
    func train(in folder: CLIFolder, _ more: String...) throws -> ProcessOutcome {
        try folder.write(text, to: file)
        return try SeqNetProcess.run(
            ["train", name, "--train", file, "--hidden-size", "8", "--max-steps", "3", "--quiet"]
                + options + more, in: folder)
    }
}
