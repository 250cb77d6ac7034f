import Foundation
import Testing

@Suite struct TrainCommandTests {
    private let folder: CLIFolder

    init() throws {
        folder = try CLIFolder()
        try folder.write(TinyTraining.text(), to: "text.txt")
    }

    private func train(_ more: String..., out: String = "run") throws -> ProcessOutcome {
        try SeqNetProcess.run(TinyTraining.arguments(out: out) + more, in: folder)
    }

    @Test func jsonHoldsTheKeysOfTheContractAndNothingElseIsPrinted() throws {
        let outcome = try train("--json", "--quiet")
        #expect(outcome.status == 0)
        #expect(outcome.error == "")
        let object = try jsonObject(outcome.output)
        for key in [
            "task", "parameters", "epochs", "steps", "tokens", "tokens_per_second", "seconds",
            "peak_rss_bytes", "train_loss", "valid", "test", "skipped", "stopped_by", "model",
        ] {
            #expect(object[key] != nil, "\(key)")
        }
        #expect(object["stopped_by"] as? String == "epochs")
        #expect(object["task"] as? String == "lm")
        let valid = try #require(object["valid"] as? [String: Any])
        for key in ["tokens", "loss", "perplexity", "bits_per_token", "unknown", "bits_per_character"] {
            #expect(valid[key] != nil, "\(key)")
        }
        for file in ["model.safetensors", "last.safetensors", "log.jsonl", "config.json"] {
            #expect(folder.exists("run/\(file)"), "\(file)")
        }
        #expect(try folder.text("run/log.jsonl").split(separator: "\n").count == 2)
    }

    @Test func aPipeGetsPlainLinesWithASampleAnEpoch() throws {
        let outcome = try train()
        #expect(outcome.status == 0)
        #expect(!outcome.error.contains("\u{1B}") && !outcome.error.contains("\r"))
        #expect(outcome.error.components(separatedBy: "  sample: ").count == 3)
        #expect(outcome.error.contains("next: seqnet sample run/model.safetensors"))
        #expect(outcome.output.contains("validation: loss "))
    }

    /// The command line wins over a configuration, with all that goes with its choice.
    @Test func anotherCellDropsTheFormOfTheConfigurations() throws {
        _ = try train("--cell", "gru", "--gru-form", "simplified", "--quiet", out: "gru")
        let outcome = try train(
            "--config", "gru/config.json", "--cell", "lstm", "--quiet", out: "lstm")
        #expect(outcome.status == 0, "\(outcome.error)")
        let config = try jsonObject(folder.text("lstm/config.json"))
        #expect(config["cell"] as? String == "lstm" && config["gru_form"] is NSNull)
        let contradiction = try train(
            "--config", "gru/config.json", "--cell", "lstm", "--gru-form", "simplified", out: "no")
        #expect(contradiction.status == 64 && contradiction.error.contains("--gru-form"))
    }

    @Test func aTextTooSmallForTheOptionsGetsAHint() throws {
        #expect(try train().error.contains("updates in all; more --epochs"))
        #expect(!(try train("--epochs", "60", out: "long").error.contains("updates in all")))
    }

    @Test func threadsGiveTheSameFile() throws {
        _ = try train("--threads", "1", out: "one")
        _ = try train("--threads", "2", out: "two")
        #expect(try folder.bytes("one/model.safetensors") == folder.bytes("two/model.safetensors"))
    }

    @Test func aRunsConfigMakesTheSameModel() throws {
        _ = try train("--cell", "gru", "--gru-form", "reset-before", "--dropout", "0.1", "--seed", "7")
        let again = try SeqNetProcess.run(
            ["train", "lm", "--config", "run/config.json", "--out", "again", "--quiet"], in: folder)
        #expect(again.status == 0)
        #expect(try folder.bytes("run/model.safetensors") == folder.bytes("again/model.safetensors"))
        let other = try SeqNetProcess.run(
            ["train", "lm", "--config", "run/config.json", "--out", "other", "--quiet", "--seed", "8"],
            in: folder)
        #expect(other.status == 0)
        #expect(try folder.bytes("run/model.safetensors") != folder.bytes("other/model.safetensors"))
    }

    @Test func aConfigWithAnUnknownOrMistypedKeyIsRefused() throws {
        try folder.write(#"{"train": ["text.txt"], "hiden_size": 12}"#, to: "a.json")
        let unknown = try SeqNetProcess.run(["train", "lm", "--config", "a.json"], in: folder)
        #expect(unknown.status == 64 && unknown.error.contains("'hiden_size'"))
        try folder.write(#"{"train": ["text.txt"], "layers": "two"}"#, to: "b.json")
        let mistyped = try SeqNetProcess.run(["train", "lm", "--config", "b.json"], in: folder)
        #expect(mistyped.status == 64 && mistyped.error.contains("--layers"))
        #expect(!folder.exists("runs"))
    }

    @Test func aFolderThatHoldsARunIsNotOverwrittenUnlessAsked() throws {
        _ = try train()
        let before = try folder.bytes("run/model.safetensors")
        let refused = try train("--seed", "2")
        #expect(refused.status == 73 && refused.error.contains("--overwrite"))
        #expect(try folder.bytes("run/model.safetensors") == before)
        let replaced = try train("--seed", "2", "--overwrite")
        #expect(replaced.status == 0)
        #expect(try folder.bytes("run/model.safetensors") != before)
    }

    @Test func theDefaultFolderIsNumbered() throws {
        let arguments = TinyTraining.arguments().dropLast(2) + ["--max-steps", "2", "--quiet"]
        for number in 1...2 {
            #expect(try SeqNetProcess.run(Array(arguments), in: folder).status == 0)
            #expect(folder.exists("runs/lm-text-\(number)/model.safetensors"))
        }
    }

    @Test func aDryRunTrainsNothing() throws {
        let outcome = try train("--dry-run", "--json")
        #expect(outcome.status == 0)
        let object = try jsonObject(outcome.output)
        #expect(object["parameters"] as? Int ?? 0 > 1000)
        #expect(object["estimated_seconds"] as? Double ?? 0 > 0)
        let tokens = ["train_tokens", "valid_tokens", "test_tokens"].compactMap { object[$0] as? Int }
        #expect(tokens.count == 3 && tokens.reduce(0, +) == TinyTraining.text().utf8.count)
        #expect(!folder.exists("run") && !folder.exists("runs"))
    }

    @Test func fineTuningBeginsWithTheModel() throws {
        let first = try jsonObject(try train("--json").output)
        let tuned = try train("--init-from", "run", "--max-steps", "1", "--json", out: "tuned")
        #expect(tuned.status == 0)
        let loss = { (object: [String: Any]) in (object["valid"] as? [String: Any])?["loss"] as? Double }
        let before = try #require(loss(first)), after = try #require(loss(jsonObject(tuned.output)))
        #expect(abs(before - after) < 0.2)
    }

    /// Sizes, tokens and vocabulary are the model's, and need not be said again.
    @Test func fineTuningTakesTheShapeOfTheModel() throws {
        _ = try train("--cell", "gru", "--gru-form", "simplified", "--lowercase")
        let start = ["train", "lm", "--train", "text.txt", "--init-from", "run", "--quiet"]
        let tuned = try SeqNetProcess.run(start + ["--epochs", "1", "--out", "tuned"], in: folder)
        #expect(tuned.status == 0, "\(tuned.error)")
        let config = try jsonObject(try folder.text("tuned/config.json"))
        #expect(config["gru_form"] as? String == "simplified" && config["hidden_size"] as? Int == 16)
        #expect(config["lowercase"] as? Bool == true)
        for (option, value, text) in [
            ("--hidden-size", "17", "--hidden-size 17 differs from 16"),
            ("--gru-form", "reset-after", "--gru-form"), ("--cell", "rnn", "--cell"),
            ("--min-count", "2", "--min-count"),
        ] {
            let misfit = try SeqNetProcess.run(start + [option, value, "--out", "misfit"], in: folder)
            #expect(misfit.status == 64 && misfit.error.contains(text), "\(misfit.error)")
            #expect(misfit.error.contains("--init-from") && !folder.exists("misfit"))
        }
    }

    @Test func aTestFileLeavesTheOtherPartsToTheTrainingText() throws {
        try folder.write(TinyTraining.text(lines: 20), to: "test.txt")
        let outcome = try train("--test", "test.txt", "--json", "--quiet")
        #expect(outcome.status == 0, "\(outcome.error)")
        let test = try #require(try jsonObject(outcome.output)["test"] as? [String: Any])
        #expect(test["tokens"] as? Int == TinyTraining.text(lines: 20).utf8.count - 1)
    }

    @Test func theCommandLineWinsOverAFlagOfTheConfig() throws {
        try folder.write(#"{"lowercase": true, "tie_weights": true}"#, to: "flags.json")
        let outcome = try train(
            "--config", "flags.json", "--no-lowercase", "--no-tie-weights", "--max-steps", "1")
        #expect(outcome.status == 0, "\(outcome.error)")
        let config = try jsonObject(try folder.text("run/config.json"))
        #expect(config["lowercase"] as? Bool == false && config["tie_weights"] as? Bool == false)
    }

    @Test func wordsAndBytesAreTrainedToo() throws {
        for tokens in ["words", "bytes"] {
            let outcome = try train("--tokens", tokens, "--json", "--quiet", out: tokens)
            #expect(outcome.status == 0, "\(outcome.error)")
            let sample = try SeqNetProcess.run(
                ["sample", tokens, "--length", "20", "--seed", "1"], in: folder)
            #expect(sample.status == 0 && !sample.output.isEmpty)
        }
    }
}
