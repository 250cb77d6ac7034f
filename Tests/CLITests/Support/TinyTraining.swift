import Foundation

/// A language-model run that takes a fraction of a second.
enum TinyTraining {
    /// Lines that are easy to learn.
    static func text(lines: Int = 300) -> String {
        (0..<lines).map { "line \($0) follows \($0 + 1)\n" }.joined()
    }

    /// Arguments of `train lm` on `text.txt`.
    static func arguments(out: String = "run", _ more: String...) -> [String] {
        [
            "train", "lm", "--train", "text.txt", "--hidden-size", "16", "--embedding-size", "8",
            "--batch-size", "8", "--sequence-length", "16", "--epochs", "2", "--threads", "2",
            "--out", out,
        ] + more
    }

    /// A folder with `text.txt` and a trained model in `run`.
    static func trained() throws -> CLIFolder {
        let folder = try CLIFolder()
        try folder.write(text(), to: "text.txt")
        let outcome = try SeqNetProcess.run(arguments(), in: folder)
        precondition(outcome.status == 0, outcome.error)
        return folder
    }
}

/// The one JSON object of a text.
func jsonObject(_ text: String) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    guard let object = value as? [String: Any] else { throw CocoaError(.coderInvalidValue) }
    return object
}
