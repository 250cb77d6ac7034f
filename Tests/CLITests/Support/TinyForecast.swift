import Foundation

/// A forecaster's run that takes a fraction of a second.
enum TinyForecast {
    /// Hours with a daily wave, a column beside it and text; the first hours when `rows` are fewer.
    static func csv(rows: Int = 240) -> String {
        "date,load,other,note\r\n"
            + (0..<rows).map { hour in
                let day = hour / 24 + 1, ofDay = hour % 24
                let date = "2024-01-\(day < 10 ? "0" : "")\(day) \(ofDay < 10 ? "0" : "")\(ofDay):00:00"
                let load = 100 + 10 * sin(Double(ofDay) * 0.2618) + Double(hour % 5) / 10
                return "\(date),\(load),\(hour * 7 % 11),\"a, b\"\r\n"
            }.joined()
    }

    /// Arguments of `train forecast` on `series.csv`.
    static func arguments(out: String = "run", _ more: [String] = []) -> [String] {
        [
            "train", "forecast", "--train", "series.csv", "--target", "load", "--features", "other",
            "hour-of-day", "--context", "12", "--horizon", "3", "--subtract-last", "--split",
            "150,30,30", "--hidden-size", "12", "--batch-size", "16", "--epochs", "8",
            "--learning-rate", "0.02", "--threads", "2", "--out", out,
        ] + more
    }

    /// A folder with `series.csv` and a trained model in `run`.
    static func trained() throws -> CLIFolder {
        let folder = try CLIFolder()
        try folder.write(csv(), to: "series.csv")
        let outcome = try SeqNetProcess.run(arguments(out: "run"), in: folder)
        precondition(outcome.status == 0, outcome.error)
        return folder
    }
}
