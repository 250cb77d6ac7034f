import Foundation
import Testing

/// train forecast, evaluate and predict.
@Suite struct ForecasterCommandTests {
    private let folder: CLIFolder

    init() throws { folder = try TinyForecast.trained() }

    private func run(_ arguments: String..., input: String? = nil) throws -> ProcessOutcome {
        try SeqNetProcess.run(arguments, in: folder, input: input)
    }

    private func train(_ more: String..., out: String = "again") throws -> ProcessOutcome {
        try SeqNetProcess.run(TinyForecast.arguments(out: out, more), in: folder)
    }

    @Test func trainPrintsTheKeysOfTheContract() throws {
        let outcome = try train("--json", "--quiet")
        #expect(outcome.status == 0 && outcome.error == "")
        let object = try jsonObject(outcome.output)
        #expect(object["task"] as? String == "forecast" && object["skipped"] as? Int == 0)
        let test = try #require(object["test"] as? [String: Any])
        for key in ["mse", "mae", "naive_last_mse", "naive_season_mse", "linear_mse"] {
            #expect(test[key] is Double, "\(key)")
        }
        #expect(test["windows"] as? Int == 28)
        let mse = try #require(test["mse"] as? Double)
        #expect(mse < test["naive_last_mse"] as? Double ?? 0)
        #expect(try folder.bytes("run/model.safetensors") == folder.bytes("again/model.safetensors"))
    }

    @Test func trainTellsWhatItDoes() throws {
        let outcome = try train()
        #expect(outcome.error.contains("12 rows → 3 of load"))
        #expect(outcome.error.contains("--split leaves 30 rows out"))
        #expect(outcome.error.contains("epoch 1: training loss") && outcome.error.contains("MSE 0."))
        #expect(outcome.error.contains("next: seqnet predict again/model.safetensors series.csv"))
        #expect(outcome.output.contains("test: mse ") && outcome.output.contains("naive last mse"))
    }

    @Test func valuesMayCountFromTheLinearForecast() throws {
        let outcome = try train("--no-subtract-last", "--subtract-linear", "--json", "--quiet", out: "lin")
        let object = try jsonObject(outcome.output)
        let test = try #require(object["test"] as? [String: Any])
        let mse = try #require(test["mse"] as? Double), linear = try #require(test["linear_mse"] as? Double)
        #expect(mse < 1.2 * linear)
        let config = try jsonObject(folder.text("lin/config.json"))
        #expect(config["subtract_linear"] as? Bool == true && config["subtract_last"] as? Bool == false)
        let both = try train("--subtract-linear", out: "both")
        #expect(both.status == 64 && both.error.contains("leave --subtract-last out"))
        let other = try train("--init-from", "run", "--subtract-linear", out: "both")
        #expect(other.status == 64 && !folder.exists("both"), "\(other.error)")
    }

    @Test func evaluateReadsAWholeFile() throws {
        let object = try jsonObject(run("evaluate", "run", "series.csv", "--json").output)
        #expect(object["windows"] as? Int == 240 - 12 - 2)
        #expect(object["linear_mse"] is Double)
        // Windows lie too early in the file for the day before them.
        #expect(object["naive_season_mse"] is NSNull)
        let text = try run("evaluate", "run", "series.csv")
        #expect(text.output.contains("mse") && !text.output.contains("naive season"))
        #expect(text.error.contains("24 rows"), "\(text.error)")
    }

    @Test func predictWritesTheNextRowsAsCSV() throws {
        let outcome = try run("predict", "run", "series.csv")
        #expect(outcome.status == 0 && outcome.error == "")
        let lines = outcome.output.split(separator: "\n").map(String.init)
        #expect(lines.count == 4 && lines[0] == "load")
        let values = try lines.dropFirst().map { try #require(Double($0)) }
        for (value, hour) in zip(values, 240...) {
            let expected = 100 + 10 * sin(Double(hour % 24) * 0.2618) + Double(hour % 5) / 10
            #expect(abs(value - expected) < 3)
        }
        #expect(try run("predict", "run", input: TinyForecast.csv()).output == outcome.output)
        let object = try jsonObject(run("predict", "run", "series.csv", "--json").output)
        #expect(object["target"] as? [String] == ["load"])
        let rows = try #require(object["forecast"] as? [[Double]])
        #expect(rows.count == 3 && abs(rows[0][0] - values[0]) < 1e-5)
    }

    @Test func aRunGoesOnFromAModel() throws {
        let tuned = try run(
            "train", "forecast", "--train", "series.csv", "--split", "150,30,30", "--init-from", "run",
            "--epochs", "1", "--quiet", "--json", "--out", "tuned")
        #expect(tuned.status == 0, "\(tuned.error)")
        let config = try jsonObject(folder.text("tuned/config.json"))
        #expect(config["context"] as? Int == 12 && config["subtract_last"] as? Bool == true)
        let other = try train("--init-from", "run", "--horizon", "4", out: "no")
        #expect(other.status == 64 && other.error.contains("--horizon 4 differs from 3"))
    }

    @Test func aRunIsResumedWithItsOwnOptions() throws {
        _ = try train("--max-steps", "7", "--quiet", out: "cut")
        let resumed = try run(
            "train", "forecast", "--resume", "--out", "cut", "--max-steps", "68", "--quiet")
        #expect(resumed.status == 0, "\(resumed.error)")
        _ = try train("--max-steps", "68", "--quiet", out: "whole")
        for name in ["log.jsonl"] {
            #expect(try folder.text("cut/\(name)").split(separator: "\n").last
                == folder.text("whole/\(name)").split(separator: "\n").last)
        }
        let evaluated = try run("evaluate", "cut/last.safetensors", "series.csv", "--json")
        #expect(try jsonObject(evaluated.output)["linear_mse"] is Double)
    }

    @Test func aFileWithoutTheModelsColumnsIsTheWrongData() throws {
        try folder.write("a,b\n1,2\n", to: "other.csv")
        for command in ["predict", "evaluate"] {
            let outcome = try run(command, "run", "other.csv")
            #expect(outcome.status == 65, "\(outcome.error)")
            #expect(outcome.error.contains("the model reads the column load: text 'other.csv' has no such"))
        }
        try folder.write("2024-01-01,2\n2024-01-02,3\n", to: "headless.csv")
        let headless = try run("predict", "run", "headless.csv")
        #expect(headless.status == 65 && headless.error.contains("line 1: holds values where the names"))
    }

    @Test func aDryRunTrainsNothing() throws {
        let outcome = try train("--dry-run", "--json", out: "dry")
        let object = try jsonObject(outcome.output)
        #expect(object["train_windows"] as? Int == 136 && object["columns"] as? Int == 4)
        #expect(!folder.exists("dry"))
    }

    @Test func inspectNamesWhatIsRead() throws {
        let outcome = try run("inspect", "run")
        #expect(outcome.output.contains("column_names: [\"load\",\"other\",\"hour-of-day sine\""))
        #expect(!outcome.output.contains("vocabulary") && !outcome.output.contains("reference"))
        #expect(!outcome.output.contains("nan"))
    }

    @Test func badInput() throws {
        func expectError(_ status: Int32, _ texts: [String], _ arguments: [String]) throws {
            let outcome = try SeqNetProcess.run(arguments, in: folder)
            #expect(outcome.status == status, "\(outcome.error)")
            for text in texts { #expect(outcome.error.contains(text), "\(outcome.error)") }
            #expect(outcome.output == "" && outcome.error.split(separator: "\n").count <= 2)
        }
        func train(_ text: String, _ more: String...) throws -> [String] {
            try folder.write(text, to: "bad.csv")
            return ["train", "forecast", "--train", "bad.csv", "--out", "new", "--quiet"] + more
        }
        let rows = (0..<60).map { "\($0 % 9)\n" }.joined()
        try expectError(64, ["--target", "name at least one"], train("a\n" + rows))
        try expectError(64, ["--target b", "bad.csv", "a"], train("a\n" + rows, "--target", "b"))
        try expectError(
            64, ["--features c", "bad.csv"], train("a\n" + rows, "--target", "a", "--features", "c"))
        try expectError(
            64, ["hour-of-day", "no column", "times"],
            train("a\n" + rows, "--target", "a", "--features", "hour-of-day"))
        try expectError(64, ["--context 0"], train("a\n" + rows, "--target", "a", "--context", "0"))
        try expectError(
            64, ["--embedding-size", "no embedding"],
            train("a\n" + rows, "--target", "a", "--embedding-size", "5"))
        for text in ["NaN", "nothing", ""] {
            try expectError(
                65, ["bad.csv", "line 3", "column 'a'"], train("a,b\n1,2\n\(text),2\n", "--target", "a"))
        }
        try expectError(65, ["line 3", "3 fields"], train("a,b\n1,2\n1,2,3\n", "--target", "a"))
        try expectError(
            65, ["too few", "--context 96", "--horizon 24"], train("a\n" + rows, "--target", "a"))
        try expectError(
            65, ["too few", "--split 100,20,20"],
            train("a\n" + rows, "--target", "a", "--split", "100,20,20"))
        #expect(!folder.exists("new"))
        try folder.write(TinyForecast.csv(rows: 11), to: "short.csv")
        try expectError(65, ["short.csv", "11 rows", "12 of them"], ["predict", "run", "short.csv"])
        try expectError(65, ["short.csv", "--context 12"], ["evaluate", "run", "short.csv"])
        try folder.write("date,load\n2024-01-01,3\n", to: "columns.csv")
        try expectError(65, ["column other", "columns.csv"], ["predict", "run", "columns.csv"])
        try expectError(65, ["train forecast", "train lm"], ["score", "run", "series.csv"])
    }
}
