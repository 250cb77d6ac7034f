import Foundation
import Testing

/// train classify, evaluate and predict.
@Suite struct ClassifierCommandTests {
    private let folder: CLIFolder

    init() throws { folder = try TinyClassification.trained() }

    private func run(_ arguments: String..., input: String? = nil) throws -> ProcessOutcome {
        try SeqNetProcess.run(arguments, in: folder, input: input)
    }

    private func train(_ more: String..., out: String = "again") throws -> ProcessOutcome {
        try SeqNetProcess.run(TinyClassification.arguments(out: out, more), in: folder)
    }

    @Test func trainPrintsTheKeysOfTheContract() throws {
        let outcome = try train("--json", "--quiet")
        #expect(outcome.status == 0 && outcome.error == "")
        let object = try jsonObject(outcome.output)
        #expect(object["task"] as? String == "classify")
        #expect(object["skipped"] as? Int == 10)
        let test = try #require(object["test"] as? [String: Any])
        for key in ["accuracy", "macro_f1", "majority", "mean_absolute_error", "confusion", "loss"] {
            #expect(test[key] != nil, "\(key)")
        }
        #expect(test["accuracy"] as? Double == 1)
        #expect(try folder.bytes("run/model.safetensors") == folder.bytes("again/model.safetensors"))
    }

    @Test func evaluateShowsMetricsAndConfusion() throws {
        let outcome = try run("evaluate", "run", "reviews.csv", "--json")
        let object = try jsonObject(outcome.output)
        #expect(object["records"] as? Int == 190 && object["skipped"] as? Int == 10)
        let confusion = try #require(object["confusion"] as? [String: Any])
        #expect(confusion["labels"] as? [String] == ["1", "3", "5"])
        let counts = try #require(confusion["counts"] as? [[Int]])
        #expect(counts.flatMap { $0 }.reduce(0, +) == 190)
        let small = try run("evaluate", "run", "reviews.csv", "--json", "--batch-size", "3")
        #expect(small.status == 0 && small.output == outcome.output)
        let text = try run("evaluate", "run", "reviews.csv")
        #expect(text.output.contains("actual \\ predicted") && text.output.contains("macro f1"))
        #expect(text.error.contains("10 records have no text"))
    }

    @Test func aLabelNeverSeenCountsAsWrongAndIsNamed() throws {
        try folder.write("text,stars\nA superb dress,5\nA superb dress,4\n", to: "other.csv")
        let columns = ["--text-column", "text", "--label-column", "stars"]
        let outcome = try SeqNetProcess.run(["evaluate", "run", "other.csv"] + columns, in: folder)
        #expect(
            outcome.error.contains(
                "other.csv: labels that the model does not know, which count as wrong: '4' (1 record)\n"))
        let json = try SeqNetProcess.run(["evaluate", "run", "other.csv", "--json"] + columns, in: folder)
        #expect(try jsonObject(json.output)["accuracy"] as? Double == 0.5)
    }

    @Test func ofManyLabelsNeverSeenTheMostFrequentAreNamed() throws {
        let labels = (10..<18).flatMap { Array(repeating: $0, count: $0 / 2) }
        try folder.write(
            "text,stars\n" + labels.map { "a superb dress,\($0)\n" }.joined(), to: "many.csv")
        let outcome = try run(
            "evaluate", "run", "many.csv", "--text-column", "text", "--label-column", "stars")
        #expect(
            outcome.error.contains(
                "'16' (8 records), '17' (8 records), '14' (7 records), '15' (7 records), '12' (6 records) "
                    + "and 3 others (16 records)\n"), "\(outcome.error)")
    }

    /// Of a column that holds no labels of the model there is no loss, and a text is not shown whole.
    @Test func textsInPlaceOfLabelsAreShortened() throws {
        try folder.write("text,stars\nfine,\(String(repeating: "long ", count: 20))\n", to: "long.csv")
        let outcome = try run(
            "evaluate", "run", "long.csv", "--text-column", "text", "--label-column", "stars")
        #expect(outcome.status == 0 && !outcome.output.contains("loss"), "\(outcome.output)")
        let shown = String(repeating: "long ", count: 8)
        #expect(outcome.error.contains("which count as wrong: '\(shown)…' (1 record)\n"), "\(outcome.error)")
    }

    @Test func aFaultOfALineNamesItsPlace() throws {
        let piped = try run("predict", "run", input: "superb\n\naw\0ful\n")
        #expect(piped.status == 65 && piped.error.contains("stdin, line 3, byte offset 2: a NUL"))
        try folder.write("superb\n\0\n", to: "binary.txt")
        let file = try run("predict", "run", "binary.txt")
        #expect(file.status == 65 && file.error.contains("'binary.txt', line 2, byte offset 0"), "\(file.error)")
        try folder.write("id,Review Text,Rating\n1,fine,3\n2,aw\0ful,1\n", to: "binary.csv")
        let csv = try run("predict", "run", "binary.csv", "--text-column", "Review Text")
        #expect(csv.status == 65 && csv.error.contains("'binary.csv', line 3"), "\(csv.error)")
    }

    /// A number names a column of a file with a header too, if that is what training read.
    @Test func aNumberedColumnIsReadAsInTraining() throws {
        let byName = try run("predict", "run", "reviews.csv", "--text-column", "Review Text")
        let byNumber = try run("predict", "run", "reviews.csv", "--text-column", "2")
        #expect(byNumber.status == 0 && byNumber.output == byName.output)
        #expect(byNumber.error.contains("reviews.csv': the first line is the header"))
        let evaluated = try run("evaluate", "run", "reviews.csv", "--text-column", "2", "--json")
        #expect(try jsonObject(evaluated.output)["records"] as? Int == 190)
        let lines = TinyClassification.csv().components(separatedBy: "Rating\r\n")
        try folder.write(lines[1], to: "bare.csv")
        let trained = try run(
            "train", "classify", "--train", "bare.csv", "--text-column", "2", "--label-column", "3",
            "--hidden-size", "8", "--epochs", "1", "--quiet", "--out", "bare")
        #expect(trained.status == 0, "\(trained.error)")
        let bare = try run("predict", "bare", "bare.csv", "--text-column", "2")
        #expect(bare.error == "" && bare.output.split(separator: "\n", omittingEmptySubsequences: false).count == 201)
    }

    @Test func predictAnswersLineByLineAndKeepsTheLinesWithoutText() throws {
        let outcome = try run("predict", "run", input: "a superb dress\n\nawful\n")
        #expect(outcome.status == 0 && outcome.output == "5\n\n1\n")
        let json = try run("predict", "run", "--json", input: "a superb dress\n\n")
        let lines = json.output.split(separator: "\n").map(String.init)
        let first = try jsonObject(lines[0]), second = try jsonObject(lines[1])
        #expect(first["label"] as? String == "5")
        let scores = try #require(first["scores"] as? [String: Double])
        #expect(abs(scores.values.reduce(0, +) - 1) < 1e-5 && scores["5"] == first["probability"] as? Double)
        #expect(second["label"] is NSNull && second["line"] as? Int == 2)
    }

    /// A composed and a decomposed é, which Swift takes for equal.
    @Test func labelsThatDifferInBytesAloneAreKeptApart() throws {
        let rows = (0..<20).map { $0 % 2 == 0 ? "good,\u{E9}\n" : "bad,e\u{301}\n" }
        try folder.write("text,label\n" + rows.joined(), to: "accents.csv")
        let trained = try run(
            "train", "classify", "--train", "accents.csv", "--valid", "accents.csv", "--hidden-size", "4",
            "--embedding-size", "4", "--epochs", "1", "--out", "accents", "--quiet")
        #expect(trained.status == 0, "\(trained.error)")
        let json = try run("predict", "accents", "--json", input: "good\n")
        for key in ["\"\u{E9}\":0.", "\"e\u{301}\":0."] {
            #expect(Array(json.output.utf8).contains(Array(key.utf8)), "\(json.output)")
        }
    }

    @Test func predictReadsAColumnOfCSV() throws {
        let outcome = try run("predict", "run", "reviews.csv", "--text-column", "Review Text")
        let labels = outcome.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        #expect(labels.count == 200 && labels.count { $0.isEmpty } == 10)
        let piped = try run(
            "predict", "run", "--text-column", "Review Text", input: TinyClassification.csv())
        #expect(piped.output == outcome.output)
        let number = try run("predict", "run", "--text-column", "2", input: "a\tb\nx\ta superb dress\n")
        #expect(number.output == "5\n")
    }

    /// A program on the other side of a pipe gets its answer before it writes the next line.
    @Test func predictAnswersBeforeTheInputEnds() throws {
        let process = Process(), input = Pipe(), output = Pipe()
        process.executableURL = URL(fileURLWithPath: SeqNetProcess.path)
        process.arguments = ["predict", "run"]
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        for (text, label) in [("superb", "5\n"), ("awful", "1\n")] {
            input.fileHandleForWriting.write(Data("\(text)\n".utf8))
            #expect(output.fileHandleForReading.availableData == Data(label.utf8))
        }
        try input.fileHandleForWriting.close()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test func aRunGoesOnFromAModel() throws {
        let tuned = try train("--init-from", "run", "--epochs", "1", "--quiet", "--json", out: "tuned")
        #expect(tuned.status == 0, "\(tuned.error)")
        #expect(try jsonObject(tuned.output)["train_loss"] as? Double ?? 9 < 0.2)
        let other = try train("--init-from", "run", "--pooling", "mean", out: "no")
        #expect(other.status == 64 && other.error.contains("--pooling"))
    }

    @Test func aRunIsResumedWithItsOwnOptions() throws {
        _ = try train("--max-steps", "7", "--quiet", out: "cut")
        let resumed = try run(
            "train", "classify", "--resume", "--out", "cut", "--max-steps", "60", "--quiet")
        #expect(resumed.status == 0, "\(resumed.error)")
        #expect(try folder.bytes("run/model.safetensors").count > 0)
        let config = try jsonObject(folder.text("cut/config.json"))
        #expect(config["text_column"] as? String == "Review Text")
    }

    @Test func wordVectorsAreTheFirstEmbedding() throws {
        try folder.write("superb 1 2 3 4 5 6 7 8\nhorse 4 5 6 7 8 9 1 2\n", to: "vectors.txt")
        let other = try train("--word-vectors", "vectors.txt", "--embedding-size", "3", out: "no")
        #expect(other.status == 64 && other.error.contains("give --embedding-size 8"), "\(other.error)")
        let both = try train("--word-vectors", "vectors.txt", "--init-from", "run", out: "no")
        #expect(both.status == 64 && both.error.contains("--word-vectors: --init-from"), "\(both.error)")
        let letters = try run(
            "train", "classify", "--train", "reviews.csv", "--text-column", "Review Text", "--label-column",
            "Rating", "--tokens", "characters", "--word-vectors", "vectors.txt", "--out", "no")
        #expect(letters.status == 64 && letters.error.contains("not of characters"), "\(letters.error)")
        let cut = try train("--word-vectors", "vectors.txt", "--max-steps", "7", out: "cut")
        #expect(cut.status == 0 && cut.error.contains("vectors for 1 of the"), "\(cut.error)")
        // What the run goes on from is in its checkpoint.
        try FileManager.default.removeItem(atPath: "\(folder.path)/vectors.txt")
        let resumed = try run("train", "classify", "--resume", "--out", "cut", "--max-steps", "20", "--quiet")
        #expect(resumed.status == 0, "\(resumed.error)")
    }

    @Test func aDryRunTrainsNothing() throws {
        let outcome = try train("--dry-run", "--json", out: "dry")
        let object = try jsonObject(outcome.output)
        #expect(object["train_records"] as? Int ?? 0 > 140)
        #expect(object["labels"] as? Int == 3 && !folder.exists("dry"))
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
            return ["train", "classify", "--train", "bad.csv", "--out", "new", "--quiet"] + more
        }
        try expectError(64, ["--text-column text", "bad.csv", "words, label"], train("words,label\na,1\n"))
        try expectError(65, ["line 3", "3 fields"], train("text,label\na,1\nb,c,2\n"))
        try expectError(65, ["line 2", "never closed"], train("text,label\n\"a,1\n"))
        try expectError(65, ["line 3", "label is empty"], train("text,label\na,1\nb,\n"))
        try expectError(65, ["every label is '1'"], train("text,label\na,1\nb,1\nc,1\n", "--split", "0.5,0.5"))
        try expectError(65, ["too few", "--split"], train("text,label\na,1\nb,2\n"))
        #expect(!folder.exists("new"))
        try folder.write([0x61, 0xFF, 0x0A], to: "latin.txt")
        try expectError(65, ["latin.txt", "line 1", "UTF-8"], ["predict", "run", "latin.txt"])
        try expectError(65, ["train classify", "train lm"], ["score", "run", "reviews.csv"])
        try expectError(65, ["train classify", "train lm"], ["inspect", "run", "--data", "reviews.csv"])
        try expectError(64, ["--text-column no", "reviews.csv"], ["predict", "run", "--text-column", "no", "reviews.csv"])
    }

    @Test func aTextOfAHundredThousandWordsIsClassified() throws {
        let text = String(repeating: "superb dress ", count: 50_000)
        let outcome = try run("predict", "run", input: text + "\n")
        #expect(outcome.status == 0 && outcome.output == "5\n")
    }

    @Test func inspectNamesTheLabels() throws {
        let outcome = try run("inspect", "run")
        #expect(outcome.output.contains("labels: 3") && outcome.output.contains("rnn.weight_ih_l0_reverse"))
    }
}
