import Foundation
import Testing

/// train tag, evaluate and predict.
@Suite struct TaggerCommandTests {
    private let folder: CLIFolder

    init() throws { folder = try TinyTagging.trained() }

    private func run(_ arguments: String..., input: String? = nil) throws -> ProcessOutcome {
        try SeqNetProcess.run(arguments, in: folder, input: input)
    }

    private func train(_ more: String..., out: String = "again") throws -> ProcessOutcome {
        try SeqNetProcess.run(TinyTagging.arguments(out: out, more), in: folder)
    }

    private static let names = """
        Ann\tB-PER
        Lee\tI-PER
        in\tO
        Rome\tB-LOC

        in\tO
        Oslo\tB-LOC


        """

    @Test func trainPrintsTheKeysOfTheContract() throws {
        let outcome = try train("--json", "--quiet")
        #expect(outcome.status == 0 && outcome.error == "")
        let object = try jsonObject(outcome.output)
        #expect(object["task"] as? String == "tag" && object["skipped"] as? Int == 0)
        let test = try #require(object["test"] as? [String: Any])
        #expect(test["accuracy"] as? Double == 1 && test["confusion"] != nil && test["f1"] == nil)
        #expect(try folder.bytes("run/model.safetensors") == folder.bytes("again/model.safetensors"))
    }

    @Test func evaluateShowsMetricsAndConfusion() throws {
        let object = try jsonObject(run("evaluate", "run", "words.conllu", "--json").output)
        #expect(object["sentences"] as? Int == 200 && object["tokens"] as? Int == 700)
        let confusion = try #require(object["confusion"] as? [String: Any])
        #expect(confusion["labels"] as? [String] == ["ADJ", "NOUN", "VERB"])
        let text = try run("evaluate", "run", "words.conllu")
        #expect(text.output.contains("actual \\ predicted") && text.output.contains("accuracy"))
    }

    /// Tags of another column are no matter of accuracy.
    @Test func tagsOfAnotherColumnAreRefusedOrNamed() throws {
        let other = try run("evaluate", "run", "words.conllu", "--column", "XPOS")
        #expect(other.status == 65 && other.output == "")
        #expect(
            other.error.contains("words.conllu") && other.error.contains("'XNOUN'")
                && other.error.contains("'ADJ', 'NOUN', 'VERB'") && other.error.contains("--column"),
            "\(other.error)")
        try folder.write("kelos\tNOUN\nmitad\tVBD\ntamiy\tJJ\n", to: "some.conll")
        let some = try run("evaluate", "run", "some.conll", "--column", "2")
        #expect(some.status == 0 && some.error.contains("most of its tags are unknown to the model"), "\(some.error)")
        #expect(some.error.contains("tags that the model does not know, which count as wrong: 'JJ' (1 word), 'VBD'"))
        try folder.write("kelos\tNOUN\nmitad\tVERB\ntamiy\tJJ\n", to: "one.conll")
        let one = try run("evaluate", "run", "one.conll", "--column", "2")
        #expect(one.status == 0 && !one.error.contains("--column"), "\(one.error)")
    }

    /// Parts of speech would all be taken for words outside of names.
    /// A tag that is none of the scheme counts as wrong; it is not taken for O.
    @Test func aTagOfNoSchemeCountsAsWrong() throws {
        let text = (0..<20).map { _ in Self.names }.joined()
        try folder.write(text, to: "names.conll")
        try folder.write(text.replacing("\tI-PER", with: "\tX"), to: "odd.conll")
        let trained = try run(
            "train", "tag", "--train", "names.conll", "--hidden-size", "8", "--epochs", "2", "--out", "names")
        #expect(trained.status == 0, "\(trained.error)")
        let object = try jsonObject(run("evaluate", "names", "odd.conll", "--json").output)
        #expect(object["unknown_tags"] as? Int == 20 && object["tokens"] as? Int == 120)
        #expect(object["accuracy"] as? Double ?? 1 <= 100.0 / 120)
        let tuned = try run(
            "train", "tag", "--train", "odd.conll", "--init-from", "names", "--epochs", "1", "--out", "no")
        #expect(tuned.status == 65 && tuned.error.contains("a tag that the model"), "\(tuned.error)")
    }

    @Test func tagsOfAnotherSchemeAreRefused() throws {
        try folder.write(Self.names, to: "names.conll")
        let trained = try run(
            "train", "tag", "--train", "names.conll", "--valid", "names.conll", "--min-count", "1",
            "--hidden-size", "8", "--epochs", "1", "--out", "names", "--quiet")
        #expect(trained.status == 0, "\(trained.error)")
        let other = try run("evaluate", "names", "words.conllu", "--column", "UPOS")
        #expect(other.status == 65 && other.error.contains("'NOUN'") && other.error.contains("'B-LOC'"))
        try folder.write("Ann\tB-PER\nLee\tE-PER\nin\tO\nRome\tS-LOC\n", to: "bioes.conll")
        let sound = try run("evaluate", "names", "bioes.conll")
        #expect(sound.status == 0 && !sound.error.contains("--column"), "\(sound.error)")
    }

    @Test func entitiesAreScored() throws {
        try folder.write(Self.names, to: "names.conll")
        let trained = try run(
            "train", "tag", "--train", "names.conll", "--valid", "names.conll", "--crf", "--min-count",
            "1", "--hidden-size", "8", "--epochs", "60", "--dropout", "0", "--learning-rate", "0.05",
            "--word-dropout", "0", "--out", "names", "--json", "--quiet")
        let valid = try #require(try jsonObject(trained.output)["valid"] as? [String: Any], "\(trained.error)")
        for key in ["accuracy", "precision", "recall", "f1"] { #expect(valid[key] as? Double == 1, "\(key)") }
        let answer = try run("predict", "names", "--lines", input: "Ann Lee in Rome\n")
        #expect(answer.output == "Ann\tB-PER\nLee\tI-PER\nin\tO\nRome\tB-LOC\n\n")
        let report = try run("evaluate", "names", "names.conll")
        #expect(report.output.contains("PER") && report.output.contains("precision"))
    }

    @Test func predictTagsAWordALine() throws {
        let outcome = try run("predict", "run", input: "kelos\nmitad\n\n\ntamiy\n")
        #expect(outcome.status == 0)
        #expect(outcome.output == "kelos\tNOUN\nmitad\tVERB\n\n\ntamiy\tADJ\n")
        let lines = try run("predict", "run", "--lines", input: "kelos  mitad\n\ntamiy\n")
        #expect(lines.output == "kelos\tNOUN\nmitad\tVERB\n\n\ntamiy\tADJ\n\n")
        let json = try run("predict", "run", "--lines", "--json", input: "kelos mitad\n")
        let object = try jsonObject(json.output)
        #expect(object["words"] as? [String] == ["kelos", "mitad"])
        #expect(object["tags"] as? [String] == ["NOUN", "VERB"])
        let probabilities = try #require(object["probabilities"] as? [Double])
        #expect(probabilities.count == 2 && probabilities.allSatisfy { $0 > 0.5 && $0 <= 1 })
    }

    /// A program on the other side of a pipe gets its answer before it writes the next sentence.
    @Test func predictAnswersBeforeTheInputEnds() throws {
        let process = Process(), input = Pipe(), output = Pipe()
        process.executableURL = URL(fileURLWithPath: SeqNetProcess.path)
        process.arguments = ["predict", "run"]
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        for (text, answer) in [("kelos\n\n", "kelos\tNOUN\n\n"), ("mitad\n\n", "mitad\tVERB\n\n")] {
            input.fileHandleForWriting.write(Data(text.utf8))
            #expect(output.fileHandleForReading.availableData == Data(answer.utf8))
        }
        try input.fileHandleForWriting.close()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test func aRunGoesOnFromAModel() throws {
        let tuned = try train("--init-from", "run", "--epochs", "1", "--quiet", "--json", out: "tuned")
        #expect(tuned.status == 0, "\(tuned.error)")
        #expect(try jsonObject(tuned.output)["train_loss"] as? Double ?? 9 < 0.2)
        for option in ["--crf", "--lowercase-words", "--no-character-lstm"] {
            let other = try train("--init-from", "run", option, out: "no")
            #expect(other.status == 64 && other.error.contains("--init-from 'run"), "\(other.error)")
        }
        let vectors = try train("--init-from", "run", "--word-vectors", "v.txt", out: "no")
        #expect(vectors.status == 64 && vectors.error.contains("--word-vectors"))
    }

    @Test func aRunIsResumedWithItsOwnOptions() throws {
        _ = try train("--max-steps", "7", "--quiet", "--column", "XPOS", out: "cut")
        let resumed = try run("train", "tag", "--resume", "--out", "cut", "--max-steps", "20", "--quiet")
        #expect(resumed.status == 0, "\(resumed.error)")
        let config = try jsonObject(folder.text("cut/config.json"))
        #expect(config["column"] as? String == "XPOS" && config["character_lstm"] as? Bool == true)
        let answer = try run("predict", "cut", input: "kelos\n")
        #expect(answer.output.hasPrefix("kelos\tX"))
    }

    @Test func wordVectorsAreTheFirstEmbedding() throws {
        try folder.write("kelos 1 2 3\nhorse 4 5 6\ntakes 7 8 9\n", to: "vectors.txt")
        let wrong = try train("--word-vectors", "vectors.txt", out: "no")
        #expect(wrong.status == 64 && wrong.error.contains("give --embedding-size 3"))
        try folder.write("1\ttakes\t_\tNOUN\t_\t_\t_\t_\t_\t_\n2\trun\t_\tVERB\t_\t_\t_\t_\t_\t_\n", to: "two.conllu")
        let outcome = try run(
            "train", "tag", "--train", "two.conllu", "--valid", "two.conllu", "--min-count", "1",
            "--word-vectors", "vectors.txt", "--embedding-size", "3", "--epochs", "1", "--out", "v")
        #expect(outcome.status == 0 && outcome.error.contains("vectors for 1 of the 4 words"), "\(outcome.error)")
    }

    /// Everything that a run goes on from is in its checkpoint.
    @Test func aRunIsResumedWithoutTheFilesItBeganWith() throws {
        try folder.write("takes 1 2 3 4 5 6 7 8\nkelos 8 7 6 5 4 3 2 1\n", to: "vectors.txt")
        try FileManager.default.copyItem(
            atPath: "\(folder.path)/run/model.safetensors", toPath: "\(folder.path)/start.safetensors")
        let options = [
            "vectors": ["--word-vectors", "vectors.txt"], "start": ["--init-from", "start.safetensors"],
        ]
        for (name, option) in options {
            for (out, steps) in [("whole-\(name)", "20"), ("parts-\(name)", "7")] {
                let outcome = try SeqNetProcess.run(
                    TinyTagging.arguments(out: out, option + ["--max-steps", steps, "--quiet"]), in: folder)
                #expect(outcome.status == 0, "\(outcome.error)")
            }
        }
        try FileManager.default.removeItem(atPath: "\(folder.path)/vectors.txt")
        try FileManager.default.removeItem(atPath: "\(folder.path)/start.safetensors")
        for name in ["vectors", "start"] {
            let resumed = try run(
                "train", "tag", "--resume", "--out", "parts-\(name)", "--max-steps", "20", "--quiet")
            #expect(resumed.status == 0, "\(resumed.error)")
            // The log of the parts tells of an end after 7 updates too.
            let logs = try ["parts", "whole"].map { try folder.text("\($0)-\(name)/log.jsonl") }
            #expect(logs[0].split(separator: "\n").last == logs[1].split(separator: "\n").last)
        }
    }

    @Test func badInput() throws {
        func expectError(_ status: Int32, _ texts: [String], _ arguments: [String]) throws {
            let outcome = try SeqNetProcess.run(arguments, in: folder)
            #expect(outcome.status == status, "\(outcome.error)")
            for text in texts { #expect(outcome.error.contains(text), "\(outcome.error)") }
            #expect(outcome.output == "" && outcome.error.split(separator: "\n").count <= 2)
        }
        func train(_ text: String, _ more: String...) throws -> [String] {
            try folder.write(text, to: "bad.conll")
            return ["train", "tag", "--train", "bad.conll", "--out", "new", "--quiet"] + more
        }
        try expectError(65, ["bad.conll", "line 3", "blank"], train("a\tX\n\n\nb\tY\n"))
        try expectError(65, ["line 2", "1 column"], train("a\tX\nb\n"))
        try expectError(64, ["--column POS", "bad.conll"], train("a\tX\n", "--column", "POS"))
        try expectError(65, ["every tag is 'X'"], train("a\tX\n\nb\tX\n", "--split", "1,1"))
        try expectError(65, ["too few", "--split"], train("a\tX\nb\tY\n"))
        try expectError(64, ["--word-dropout 1"], ["train", "tag", "--train", "words.conllu", "--word-dropout", "1", "--out", "new"])
        #expect(!folder.exists("new"))
        try folder.write([0x61, 0xFF, 0x0A], to: "latin.txt")
        try expectError(65, ["latin.txt", "line 1", "UTF-8"], ["predict", "run", "latin.txt"])
        try folder.write("kelos\n\nmitad tamiy\n", to: "spaced.txt")
        let spaced = try run("predict", "run", "spaced.txt")
        #expect(spaced.status == 65 && spaced.error.contains("line 3: has 2 words"))
        try expectError(65, ["train tag", "train lm"], ["score", "run", "words.conllu"])
        try expectError(64, ["--column NO"], ["evaluate", "run", "words.conllu", "--column", "NO"])
    }

    @Test func aLineOf100000WordsIsTagged() throws {
        let outcome = try run(
            "predict", "run", "--lines", input: String(repeating: "kelos mitad ", count: 50_000) + "\n")
        #expect(outcome.status == 0)
        #expect(outcome.output.split(separator: "\n").count == 100_000)
    }

    @Test func inspectNamesTagsAndCharacters() throws {
        let outcome = try run("inspect", "run")
        #expect(outcome.output.contains("labels: 3") && outcome.output.contains("characters: "))
        #expect(outcome.output.contains("character_rnn.weight_ih_l0_reverse"))
    }
}
