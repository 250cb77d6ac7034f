import Foundation
import Testing

/// train translate, evaluate and predict.
@Suite struct TranslatorCommandTests {
    private let folder: CLIFolder

    init() throws { folder = try TinyTranslation.trained(epochs: 8) }

    private func run(_ arguments: String..., input: String? = nil) throws -> ProcessOutcome {
        try SeqNetProcess.run(arguments, in: folder, input: input)
    }

    @Test func trainAndEvaluatePrintTheKeysOfTheContract() throws {
        let outcome = try SeqNetProcess.run(
            TinyTranslation.arguments(out: "again", epochs: 8) + ["--json", "--quiet"], in: folder)
        #expect(outcome.error == "")
        let object = try jsonObject(outcome.output)
        #expect(object["task"] as? String == "translate")
        let test = try #require(object["test"] as? [String: Any])
        for key in ["bleu", "bleu_detokenized", "chrf", "exact_match", "loss"] {
            #expect(test[key] != nil, "\(key)")
        }
        #expect(test["exact_match"] as? Double ?? 0 > 0.85)
        #expect(try folder.bytes("run/model.safetensors") == folder.bytes("again/model.safetensors"))
        let one = try run("evaluate", "run", "pairs.tsv", "--json", "--batch-size", "1", "--beam", "2")
        let many = try run("evaluate", "run", "pairs.tsv", "--json", "--batch-size", "50", "--beam", "2")
        #expect(one.status == 0 && one.output == many.output)
    }

    @Test func predictGivesRunningTextLineByLine() throws {
        let outcome = try run("predict", "run", input: "one two three!\n\nfour one!\n")
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(outcome.output == "un deux trois !\n\nquatre un !\n")
        let best = try run("predict", "run", "--beam", "3", "--n-best", "2", input: "one two!\n")
        #expect(best.output.split(separator: "\n").count == 2)
        #expect(best.output.hasPrefix("un deux !\n"))
    }

    @Test func theAlignmentIsShown() throws {
        let text = try run("predict", "run", "--show-attention", input: "one two!\n")
        #expect(text.output.contains("deux") && text.output.contains("<eos>"))
        let json = try run("predict", "run", "--show-attention", "--json", input: "one two!\n")
        let object = try jsonObject(json.output)
        let translations = try #require(object["translations"] as? [[String: Any]])
        let rows = try #require(translations[0]["attention"] as? [[Double]])
        #expect(rows.count == 3 && rows.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-4 && $0.count == 4 })
    }

    @Test func evaluateShowsWhatPredictGives() throws {
        let lines = Array(TinyTranslation.pairs(5).split(separator: "\n"))
        try folder.write(lines.map { $0 + "\n" }.joined(), to: "five.tsv")
        let sources = lines.map { $0.split(separator: "\t")[0] + "\n" }.joined()
        for options in [["--n-best", "2", "--beam", "3"], ["--show-attention"]] {
            let predicted = try SeqNetProcess.run(["predict", "run"] + options, in: folder, input: sources)
            let evaluated = try SeqNetProcess.run(["evaluate", "run", "five.tsv"] + options, in: folder)
            #expect(predicted.status == 0 && evaluated.status == 0, "\(evaluated.error)")
            #expect(evaluated.output.hasPrefix(predicted.output + "bleu "), "\(evaluated.output)")
        }
        let json = try run("evaluate", "run", "five.tsv", "--n-best", "2", "--json")
        let object = try jsonObject(json.output)
        let translations = try #require(object["translations"] as? [[String: Any]])
        #expect(translations.count == 5 && object["pairs"] as? Int == 5)
        #expect((translations[0]["translations"] as? [Any])?.count == 2)
        let plain = try jsonObject(run("evaluate", "run", "five.tsv", "--json").output)
        #expect(plain["translations"] == nil && plain["bleu"] as? Double == object["bleu"] as? Double)
    }

    @Test func aLineOf100000WordsIsCut() throws {
        let line = String(repeating: "one two ", count: 50_000)
        let outcome = try run("predict", "run", "--beam", "2", input: "one two!\n" + line + "\n")
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(outcome.error == "stdin, line 2: has more than 512 words; the rest is left out\n")
        #expect(outcome.output.hasPrefix("un deux !\n") && outcome.output.split(separator: "\n").count == 2)
        try folder.write("one two!\tun deux !\n\(line)\tun\none\t\(line)\n", to: "long.tsv")
        let evaluated = try run("evaluate", "run", "long.tsv", "--beam", "1")
        #expect(evaluated.status == 0 && evaluated.error.contains("2 pairs of more than 512 words were cut"))
    }

    @Test func badInput() throws {
        func expectError(_ status: Int32, _ texts: [String], _ arguments: String...) throws {
            let outcome = try SeqNetProcess.run(arguments, in: folder, input: "one\n")
            #expect(outcome.status == status, "\(outcome.error)")
            for text in texts { #expect(outcome.error.contains(text), "\(outcome.error)") }
            #expect(outcome.output == "" && outcome.error.split(separator: "\n").count <= 2)
        }
        try folder.write("a\tb\nc\t\n", to: "empty.tsv")
        try expectError(
            65, ["empty.tsv", "line 2", "target"], "train", "translate", "--train", "empty.tsv", "--out",
            "new", "--quiet")
        try folder.write("a\tb\nc\td\te\n", to: "ragged.tsv")
        try expectError(
            65, ["ragged.tsv", "line 2"], "train", "translate", "--train", "ragged.tsv", "--out", "new",
            "--quiet")
        try expectError(64, ["--beam 0"], "predict", "run", "--beam", "0")
        try expectError(64, ["--n-best 9"], "predict", "run", "--n-best", "9")
        try expectError(64, ["--n-best 9"], "evaluate", "run", "pairs.tsv", "--n-best", "9")
        try expectError(
            64, ["--input-feeding", "--attention"], "train", "translate", "--train", "pairs.tsv",
            "--attention", "none", "--input-feeding", "--out", "new", "--quiet")
        #expect(!folder.exists("new"))
    }

    @Test func aFaultOfALineNamesItsPlace() throws {
        let piped = try run("predict", "run", input: "one\n\ntw\0o\n")
        #expect(piped.status == 65 && piped.error.contains("stdin, line 3, byte offset 2: a NUL"))
        try folder.write("one\ntwo\n\0\n", to: "binary.txt")
        let file = try run("predict", "run", "binary.txt")
        #expect(file.status == 65 && file.error.contains("'binary.txt', line 3, byte offset 0"), "\(file.error)")
    }
}
