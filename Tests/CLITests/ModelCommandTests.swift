import Foundation
import Testing

/// evaluate, score, sample and inspect on a small trained model.
@Suite struct ModelCommandTests {
    private let folder: CLIFolder

    init() throws { folder = try TinyTraining.trained() }

    private func run(_ arguments: String..., input: String? = nil) throws -> ProcessOutcome {
        try SeqNetProcess.run(arguments, in: folder, input: input)
    }

    @Test func evaluatePrintsTheKeysOfTheContract() throws {
        let outcome = try run("evaluate", "run", "text.txt", "--json")
        let object = try jsonObject(outcome.output)
        for key in ["tokens", "loss", "perplexity", "bits_per_token", "unknown", "bits_per_character"] {
            #expect(object[key] != nil, "\(key)")
        }
        #expect(object["tokens"] as? Int == TinyTraining.text().utf8.count - 1)
        #expect(try run("evaluate", "run", "--data", "text.txt", "--json").output == outcome.output)
    }

    @Test func unknownCharactersFallToUnkAndAreCounted() throws {
        try folder.write("line 1 föllows 2\nÄ\n", to: "other.txt")
        let outcome = try run("evaluate", "run", "other.txt", "--json")
        #expect(try jsonObject(outcome.output)["unknown"] as? Int == 2)
        let text = try run("evaluate", "run", "other.txt")
        #expect(text.status == 0 && text.error.contains("2 of 19 tokens are unknown"))
        let sample = try run("sample", "run", "--prompt", "§", "--length", "5", "--seed", "1")
        #expect(sample.status == 0 && sample.error.contains("1 of 1 tokens"))
    }

    @Test func pairsAreCountedByGroup() throws {
        try folder.write(
            "2\tline 1 follows 2\tline 1 2 follows\n10\tline 3 follows 4\t4 enil swollof 3\n",
            to: "pairs.tsv")
        let object = try jsonObject(run("evaluate", "run", "--pairs", "pairs.tsv", "--json").output)
        #expect(object["accuracy"] as? Double == 1)
        let groups = try #require(object["groups"] as? [[String: Any]])
        #expect(groups.map { $0["group"] as? String } == ["2", "10"])
        let text = try run("evaluate", "run", "--pairs", "pairs.tsv")
        #expect(text.output.contains("100.0 %") && text.output.contains("of 2 pairs"))
        try folder.write("2\tonly two columns\n", to: "bad.tsv")
        let bad = try run("evaluate", "run", "--pairs", "bad.tsv")
        #expect(bad.status == 65 && bad.error.contains("line 1"))
    }

    /// Whatever the prompt ends with.
    @Test func oneSpaceStandsBetweenAPromptAndTheWordsAfterIt() throws {
        let trained = try run(
            "train", "lm", "--train", "text.txt", "--tokens", "words", "--hidden-size", "16", "--batch-size",
            "8", "--epochs", "2", "--quiet", "--out", "words")
        #expect(trained.status == 0, "\(trained.error)")
        for prompt in ["line", "line ", "line\t", "line 5 follows", "line 5 follows 6\n"] {
            let options = ["--prompt", prompt, "--seed", "1", "--length", "3", "--temperature", "0"]
            let plain = try SeqNetProcess.run(["sample", "words"] + options, in: folder).output
            #expect(plain.hasPrefix(prompt))
            let rest = plain.dropFirst(prompt.count)
            let between = (prompt.last!.isWhitespace ? 1 : 0) + rest.prefix { $0.isWhitespace }.count
            #expect(between == 1, "\(plain)")
            let json = try SeqNetProcess.run(["sample", "words", "--json"] + options, in: folder).output
            #expect(try jsonObject(json)["text"] as? String == String(rest.dropLast()))
        }
    }

    @Test func scoreIsTheSameForALineAloneAndAmongOthers() throws {
        let lines = ["line 1 follows 2", "", "follows", "line 17 follows 18"]
        let together = try run("score", "run", input: lines.joined(separator: "\n") + "\n")
        #expect(together.status == 0)
        let rows = together.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        #expect(rows.count == lines.count)
        for (line, row) in zip(lines, rows) {
            #expect(try run("score", "run", "-", input: line + "\n").output == row + "\n")
            let columns = row.split(separator: "\t", omittingEmptySubsequences: false)
            #expect(columns.count == 3 && columns[2] == line)
            #expect(Int(columns[1]) == line.count + 1)
            #expect(Double(columns[0])! < 0)
        }
        let json = try run("score", "run", "--json", input: "line 1\n")
        #expect(try Set(jsonObject(json.output).keys) == ["log_prob", "tokens", "unknown", "text"])
    }

    @Test func samplesFollowTheirSeed() throws {
        let first = try run("sample", "run", "--length", "60", "--seed", "3")
        let second = try run("sample", "run", "--length", "60", "--seed", "3", "--threads", "1")
        let other = try run("sample", "run", "--length", "60", "--seed", "4")
        #expect(first.status == 0 && first.output == second.output && first.output != other.output)
        #expect(first.output.count == 61 && first.error == "")
        let quiet = try run("sample", "run", "--length", "5", "--quiet")
        #expect(quiet.status == 0 && quiet.error == "")
        let random = try run("sample", "run", "--length", "5")
        #expect(random.error.hasPrefix("--seed "))
        let several = try run("sample", "run", "--count", "3", "--length", "9", "--json", "--seed", "1")
        #expect(several.output.split(separator: "\n").count == 3)
    }

    @Test func greedyIsTheSameAsTopOne() throws {
        let greedy = try run("sample", "run", "--temperature", "0", "--length", "40", "--seed", "1")
        let topOne = try run("sample", "run", "--top-k", "1", "--length", "40", "--seed", "2")
        #expect(greedy.output == topOne.output)
    }

    @Test func inspectShowsWhatIsInside() throws {
        let text = try run("inspect", "run").output
        for part in ["configuration", "hidden_size: 16", "rnn.weight_hh_l0 [64, 16]", "history", "epoch 2"] {
            #expect(text.contains(part), "\(part)")
        }
        let object = try jsonObject(run("inspect", "run", "--json").output)
        #expect((object["config"] as? [String: Any])?["cell"] as? String == "lstm")
        #expect((object["history"] as? [Any])?.count == 2)
    }

    @Test func inspectWithDataDrawsTheGradient() throws {
        let outcome = try run("inspect", "run", "--data", "text.txt", "--lags", "12", "--svg", "g.svg")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("Gradient by time lag") && outcome.output.contains("forget"))
        #expect(try folder.text("g.svg").hasPrefix("<svg "))
        let object = try jsonObject(
            run("inspect", "run", "--data", "text.txt", "--lags", "12", "--json").output)
        let norms = try #require(object["gradient_by_lag"] as? [[Double]])
        #expect(norms.count == 1 && norms[0].count == 13)
        let both = try jsonObject(
            run("inspect", "run", "--data", "text.txt", "--lags", "12", "--json", "--compare", "run")
                .output)
        let compared = try #require(both["compared"] as? [[String: Any]])
        #expect(compared.count == 1 && compared[0]["gradient_by_lag"] as? [Double] == norms[0])
    }
}
