import Foundation
import SeqNet
import Testing

/// Models that are of another task than an option or a run, or damaged.
@Suite struct WrongModelTests {
    /// Every tiny model is trained in a moment; a test takes those that it needs.
    private static func trained(_ task: String) throws -> (folder: CLIFolder, data: String) {
        switch task {
        case "lm": (try TinyTraining.trained(), "text.txt")
        case "tag": (try TinyTagging.trained(), "words.conllu")
        case "classify": (try TinyClassification.trained(), "reviews.csv")
        case "generate": (try TinySequences.trained(), "tunes.tsv")
        case "translate": (try TinyTranslation.trained(), "pairs.tsv")
        default: (try TinyForecast.trained(), "series.csv")
        }
    }

    static let tasks = ["lm", "tag", "classify", "generate", "translate", "forecast"]

    private func expectError(
        _ status: Int32, _ texts: [String], _ arguments: [String], in folder: CLIFolder,
        input: String? = nil, location: SourceLocation = #_sourceLocation
    ) throws {
        let outcome = try SeqNetProcess.run(arguments, in: folder, input: input)
        #expect(outcome.status == status, "\(arguments): \(outcome.error)", sourceLocation: location)
        for text in texts {
            #expect(outcome.error.contains(text), "\(outcome.error)", sourceLocation: location)
        }
        let lines = outcome.error.split(separator: "\n").count
        #expect(outcome.output == "" && lines <= 2, "\(outcome.error)", sourceLocation: location)
    }

    /// Options of each command, with the task that they belong to.
    private static let options: [(command: [String], option: [String], task: String)] = [
        (["predict", "run"], ["--text-column", "1"], "classify"),
        (["predict", "run"], ["--lines"], "tag"),
        (["predict", "run"], ["--beam", "5"], "translate"),
        (["predict", "run"], ["--n-best", "1"], "translate"),
        (["predict", "run"], ["--show-attention"], "translate"),
        (["evaluate", "run", "DATA"], ["--text-column", "1"], "classify"),
        (["evaluate", "run", "DATA"], ["--label-column", "1"], "classify"),
        (["evaluate", "run", "DATA"], ["--column", "1"], "tag"),
        (["evaluate", "run", "DATA"], ["--label", "file"], "generate"),
        (["evaluate", "run", "DATA"], ["--beam", "5"], "translate"),
        (["evaluate", "run"], ["--pairs", "DATA"], "lm"),
        (["sample", "run"], ["--label", "up"], "generate"),
        (["sample", "run"], ["--vector", "1,2"], "generate"),
        (["sample", "run"], ["--midi", "a.mid"], "generate"),
    ]

    @Test(arguments: tasks)
    func optionsOfOtherTasksAreRefused(_ task: String) throws {
        let (folder, data) = try Self.trained(task)
        let writes = ["lm", "generate"].contains(task)
        for (command, option, owner) in Self.options where owner != task {
            if command[0] == "predict" && writes || command[0] == "sample" && !writes { continue }
            let arguments = (command + option).map { $0 == "DATA" ? data : $0 }
            try expectError(
                64, [option[0], "'seqnet train \(owner)'", "'seqnet train \(task)'"], arguments,
                in: folder, input: "a\n")
        }
        try expectError(
            64, ["name a file"] + (task == "lm" ? ["--pairs"] : []), ["evaluate", "run"], in: folder)
        let missing = try SeqNetProcess.run(["evaluate", "run"], in: folder)
        #expect(missing.error.contains("--pairs") == (task == "lm"))
        if !writes {
            try expectError(
                65, ["'seqnet train lm' or 'seqnet train generate'"], ["sample", "run"], in: folder)
            let batch = try SeqNetProcess.run(
                ["evaluate", "run", data, "--batch-size", "1", "--json"], in: folder)
            let usual = try SeqNetProcess.run(["evaluate", "run", data, "--json"], in: folder)
            #expect(batch.status == 0 && batch.output == usual.output)
        }
    }

    @Test(arguments: tasks)
    func aRunOfAnotherTaskIsNamed(_ task: String) throws {
        let (folder, data) = try Self.trained(task)
        #expect(try jsonObject(folder.text("run/config.json"))["task"] as? String == task)
        for other in Self.tasks where other != task {
            try expectError(
                64, ["run/config.json", "'\(task)'", "'seqnet train \(task)'"],
                ["train", other, "--resume", "--out", "run"], in: folder)
            try expectError(
                64, ["run/config.json", "'\(task)'", "'seqnet train \(task)'"],
                ["train", other, "--config", "run/config.json", "--out", "new"], in: folder)
            try expectError(
                65, ["'seqnet train \(task)'", "'seqnet train \(other)'"],
                ["train", other, "--train", data, "--init-from", "run", "--out", "new"], in: folder)
        }
        #expect(!folder.exists("new"))
        let again = try SeqNetProcess.run(
            ["train", task, "--config", "run/config.json", "--out", "new", "--max-steps", "1", "--quiet"],
            in: folder)
        #expect(again.status == 0, "\(again.error)")
    }

    @Test(arguments: tasks)
    func aDamagedConfigurationNamesTheFileAndTheKey(_ task: String) throws {
        let (folder, data) = try Self.trained(task)
        let name = "damaged.safetensors"
        for (key, value) in [
            ("hidden_size", -3), ("hidden_size", nil), ("layers", 0), ("layers", "two"), ("dropout", 7),
            ("cell", "gate"),
        ] as [(String, JSONValue?)] {
            try DamagedModel.write(name, of: "run", in: folder, config: [key: value])
            try expectError(
                65, [name, key == "cell" ? "cell" : "'\(key)'"], ["evaluate", name, data], in: folder)
        }
        let own = task == "forecast" ? "horizon" : "embedding_size"
        for value in [0, Int.max / 2] {
            try DamagedModel.write(name, of: "run", in: folder, config: [own: .integer(value)])
            try expectError(65, [name, "'\(own)'"], ["evaluate", name, data], in: folder)
        }
    }

    @Test(arguments: tasks)
    func aModelThatComputesNoNumbersSaysSo(_ task: String) throws {
        let (folder, data) = try Self.trained(task)
        let name = "nan.safetensors"
        try DamagedModel.writeNaN(name, of: "run", in: folder)
        try expectError(65, ["is not a number"], ["evaluate", name, data], in: folder)
        try expectError(65, ["is not a number"], ["evaluate", name, data, "--json"], in: folder)
        switch task {
        case "lm":
            try folder.write("a\tline 1\tline 2\n", to: "pairs.tsv")
            try expectError(65, ["is not a number"], ["evaluate", name, "--pairs", "pairs.tsv"], in: folder)
            try expectError(65, ["is not a number"], ["score", name], in: folder, input: "line\n")
            try expectError(65, ["is not a number"], ["sample", name, "--seed", "1"], in: folder)
        case "generate":
            try expectError(
                65, ["is not a number"], ["sample", name, "--seed", "1", "--json"], in: folder)
        case "forecast": try expectError(65, ["gives no numbers"], ["predict", name, data], in: folder)
        default: try expectError(65, ["is not a number"], ["predict", name], in: folder, input: "one\n")
        }
    }
}
