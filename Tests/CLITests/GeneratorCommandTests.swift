import Foundation
import Testing

/// train generate, evaluate and sample.
@Suite struct GeneratorCommandTests {
    private let folder: CLIFolder

    /// Tunes of one bar pattern a kind, which a tiny model learns by heart.
    private static func book(_ metre: String, _ bar: String, tunes: Int) -> String {
        (1...tunes).map { "X:\($0)\nT:Tune \($0)\nM:\(metre)\nL:1/8\nK:C\n\(bar)|\(bar)|]\n" }
            .joined(separator: "\n")
    }

    init() throws {
        folder = try CLIFolder()
        try folder.write(Self.book("4/4", "CDEF GABc", tunes: 40), to: "reels.abc")
        try folder.write(Self.book("6/8", "ceg gec", tunes: 40), to: "jigsa-c.abc")
        let outcome = try SeqNetProcess.run(Self.arguments(out: "run"), in: folder)
        try #require(outcome.status == 0, "\(outcome.error)")
    }

    private static func arguments(out: String) -> [String] {
        [
            "train", "generate", "--train", "reels.abc", "jigsa-c.abc", "--tokens", "characters",
            "--split", "0.8,0.1,0.1", "--hidden-size", "32", "--embedding-size", "16",
            "--batch-size", "4", "--epochs", "12", "--learning-rate", "0.01", "--threads", "2",
            "--out", out,
        ]
    }

    private func run(_ arguments: String...) throws -> ProcessOutcome {
        try SeqNetProcess.run(arguments, in: folder)
    }

    @Test func trainAndEvaluatePrintTheKeysOfTheContract() throws {
        let outcome = try SeqNetProcess.run(
            Self.arguments(out: "again") + ["--json", "--quiet"], in: folder)
        let object = try jsonObject(outcome.output)
        #expect(object["task"] as? String == "generate")
        let test = try #require(object["test"] as? [String: Any])
        #expect(test["loss"] as? Double ?? 9 < 0.1 && test["perplexity"] as? Double ?? 9 < 1.1)
        #expect(try folder.bytes("run/model.safetensors") == folder.bytes("again/model.safetensors"))
        let evaluated = try jsonObject(run("evaluate", "run", "reels.abc", "--json").output)
        #expect(evaluated["records"] as? Int == 40 && evaluated["loss"] as? Double ?? 9 < 0.1)
        let small = try run("evaluate", "run", "reels.abc", "--json", "--batch-size", "3")
        let large = try run("evaluate", "run", "reels.abc", "--json", "--batch-size", "40")
        #expect(small.status == 0 && small.output == large.output)
    }

    @Test func aSampleIsATuneOfItsLabel() throws {
        let reel = try run("sample", "run", "--label", "reels", "--seed", "1", "--temperature", "0.5")
        #expect(reel.status == 0, "\(reel.error)")
        #expect(reel.output == "X:1\nT:reels 1\nM:4/4\nL:1/8\nK:C\nCDEF GABc|CDEF GABc|]\n")
        let two = try run(
            "sample", "run", "--label", "jigs", "--seed", "1", "--count", "2", "--temperature", "0")
        #expect(two.output.components(separatedBy: "\n\n").count == 2)
        #expect(two.output.contains("X:2\nT:jigs 2\nM:6/8"))
        let drawn = try run("sample", "run", "--seed", "5", "--count", "8", "--json", "--temperature", "0")
        let labels = try drawn.output.split(separator: "\n").map {
            try jsonObject(String($0))["label"] as? String
        }
        #expect(Set(labels) == ["jigs", "reels"])
    }

    @Test func labelsThatCannotBeMeantAreRefused() throws {
        func train(_ more: String...) throws -> ProcessOutcome {
            try SeqNetProcess.run(
                ["train", "generate", "--tokens", "characters", "--epochs", "1", "--out", "no"] + more,
                in: folder)
        }
        let field = try train("--train", "reels.abc", "--label", "Q")
        #expect(field.status == 65 && field.error.contains("no tune has a field Q:"), "\(field.error)")
        let lines = (0..<40).map { "0.5,\($0)\ttext \($0)\n" }.joined()
        for odd in ["1,nan", "1,2,3"] {
            try folder.write(lines + "\(odd)\tx\n", to: "vectors.tsv")
            let outcome = try train("--train", "vectors.tsv", "--valid", "reels.abc")
            #expect(outcome.status == 65 && !folder.exists("no"))
            #expect(outcome.error.contains("line 41: '\(odd)' is no vector of 2 numbers"), "\(outcome.error)")
        }
    }

    /// The label's place is that of the training, and a label that training had not is left out.
    @Test func theLabelIsKeptAndOneNeverSeenIsLeftOut() throws {
        func book(_ rhythms: [String]) -> String {
            rhythms.enumerated().map { "X:\($0 + 1)\nT:a\nR:\($1)\nM:4/4\nL:1/8\nK:C\nCDEF GABc|]\n" }
                .joined(separator: "\n")
        }
        try folder.write(book((0..<20).map { $0 % 2 == 0 ? "reel" : "polka" }), to: "all.abc")
        try folder.write(book(["reel", "slip jig", "polka", "slip jig"]), to: "valid.abc")
        try folder.write(book((0..<8).map { "kind \($0 % 7)" }), to: "other.abc")
        let trained = try run(
            "train", "generate", "--train", "all.abc", "--valid", "valid.abc", "--label", "R", "--tokens",
            "characters", "--hidden-size", "8", "--embedding-size", "8", "--epochs", "1", "--out", "field",
            "--json")
        #expect(trained.status == 0, "\(trained.error)")
        #expect(
            trained.error.contains(
                "valid.abc': labels that the model does not know, which are left out: 'slip jig' (2 records)"),
            "\(trained.error)")
        let valid = try #require(try jsonObject(trained.output)["valid"] as? [String: Any])
        #expect(valid["records"] as? Int == 2 && valid["unknown_labels"] as? Int == 2)

        let text = try run("evaluate", "field", "valid.abc")
        #expect(text.error.contains("valid.abc: labels that the model does not know"), "\(text.error)")
        #expect(text.output.contains("unknown labels"))
        let json = try jsonObject(run("evaluate", "field", "valid.abc", "--json").output)
        #expect(json["records"] as? Int == 2 && json["unknown_labels"] as? Int == 2)
        #expect(json["loss"] as? Double == valid["loss"] as? Double)
        let config = try jsonObject(run("inspect", "field", "--json").output)["config"] as? [String: Any]
        #expect(config?["label"] as? String == "R")

        for (file, label) in [("valid.abc", "file"), ("other.abc", "R")] {
            let none = try run("evaluate", "field", file, "--label", label)
            #expect(none.status == 65 && none.output == "")
            #expect(none.error.contains(file) && none.error.contains("polka, reel"), "\(none.error)")
        }
    }

    @Test func theTextOfASampleIsNewTextAlone() throws {
        let plain = try run(
            "sample", "run", "--label", "reels", "--seed", "1", "--temperature", "0", "--prompt", "M:4/4\nL:1")
        let json = try jsonObject(
            run(
                "sample", "run", "--label", "reels", "--seed", "1", "--temperature", "0", "--prompt",
                "M:4/4\nL:1", "--json"
            ).output)
        #expect(json["prompt"] as? String == "M:4/4\nL:1")
        let text = try #require(json["text"] as? String)
        #expect(text.hasPrefix("/8") && plain.output == "X:1\nT:reels 1\nM:4/4\nL:1\(text)\n")
    }

    @Test func aTuneIsPlayedIntoAMIDIFile() throws {
        let outcome = try run(
            "sample", "run", "--label", "reels", "--seed", "1", "--temperature", "0", "--midi", "out.mid")
        #expect(outcome.status == 0, "\(outcome.error)")
        let bytes = try folder.bytes("out.mid")
        #expect(bytes.starts(with: Array("MThd".utf8)) && bytes.count > 100)
    }

    @Test func badInput() throws {
        func expectError(_ status: Int32, _ texts: [String], _ arguments: String...) throws {
            let outcome = try SeqNetProcess.run(arguments, in: folder)
            #expect(outcome.status == status, "\(outcome.error)")
            for text in texts { #expect(outcome.error.contains(text), "\(outcome.error)") }
            #expect(outcome.output == "")
        }
        try expectError(65, ["'waltzes'", "jigs, reels"], "sample", "run", "--label", "waltzes", "--seed", "1")
        try expectError(64, ["--vector"], "sample", "run", "--vector", "1,2", "--seed", "1")
        try expectError(64, ["--midi", "--count"], "sample", "run", "--midi", "a.mid", "--count", "2", "--seed", "1")
        try expectError(64, ["seqnet sample"], "predict", "run", "reels.abc")
        try folder.write("X:1\nT:No key\nabc|\n", to: "bad.abc")
        try expectError(65, ["bad.abc", "line 1", "key"], "train", "generate", "--train", "bad.abc", "--quiet", "--out", "new")
        try folder.write("only a text\n", to: "bad.tsv")
        try expectError(65, ["bad.tsv", "line 1"], "train", "generate", "--train", "bad.tsv", "--quiet", "--out", "new")
        #expect(!folder.exists("new"))
    }
}
