import Foundation
import Testing

/// What `bench` prints: the keys of the contract and figures that fit together. No speed is
/// held against a bound: that is for a quiet machine.
@Suite struct BenchCommandTests {
    private let folder: CLIFolder

    init() throws { folder = try CLIFolder() }

    private func bench(_ arguments: String...) throws -> ProcessOutcome {
        try SeqNetProcess.run(["bench"] + arguments, in: folder)
    }

    private func number(_ object: [String: Any], _ key: String) throws -> Double {
        try #require(object[key] as? Double, "\(key)")
    }

    private func expectTimes(_ object: [String: Any], operations: Double) throws {
        let median = try number(object, "median_ms")
        #expect(try number(object, "min_ms") <= median && median <= number(object, "max_ms"))
        #expect(try number(object, "min_ms") > 0)
        let rate = try number(object, "gflops"), peak = try number(object, "peak_gflops")
        #expect(abs(rate * median * 1e6 / operations - 1) < 1e-9)
        #expect(peak > 0)
        // A core issues no hundred; a loop that was left out would.
        let instructions = try number(object, "instructions_per_ns")
        #expect(instructions > 0 && instructions < 100)
        #expect(abs(try number(object, "fraction_of_peak") * peak / rate - 1) < 1e-9)
    }

    @Test(arguments: ["rnn", "gru", "lstm"])
    func layersAreTimed(cell: String) throws {
        let gates = ["rnn": 1.0, "gru": 3, "lstm": 4][cell]!
        let sizes = ["--time", "5", "--batch", "3", "--input", "7", "--hidden", "9", "--layers", "2"]
        for (mode, passes) in [("forward", 1.0), ("train", 3)] {
            let outcome = try SeqNetProcess.run(
                ["bench", "rnn", "--cell", cell, "--mode", mode, "--repeats", "3", "--threads", "2",
                    "--json"] + sizes, in: folder)
            #expect(outcome.status == 0 && outcome.error == "", "\(outcome.error)")
            let object = try jsonObject(outcome.output)
            #expect(object["rows"] as? Int == 15)
            #expect(object["threads"] as? Int == 2)
            let weights = gates * 9 * (7 + 9) + gates * 9 * (9 + 9)
            try expectTimes(object, operations: 2 * weights * 15 * passes)
        }
    }

    @Test func aStreamIsOneStepOfOneSequence() throws {
        let outcome = try bench(
            "rnn", "--mode", "stream", "--input", "8", "--hidden", "16", "--repeats", "3", "--json")
        let object = try jsonObject(outcome.output)
        #expect(object["rows"] as? Int == 1)
        #expect(object["weight_bytes"] as? Int == 4 * 64 * (8 + 16))
        try expectTimes(object, operations: 2 * 64 * (8 + 16))
        let share = try number(object, "fraction_of_bandwidth")
        let rate = try number(object, "gigabytes_per_second")
        #expect(abs(share * (try number(object, "peak_gigabytes_per_second")) / rate - 1) < 1e-9)
    }

    @Test func raggedBatchesHaveTheRowsOfTheirSequences() throws {
        let outcome = try bench(
            "rnn", "--ragged", "--time", "20", "--batch", "50", "--input", "4", "--hidden", "4",
            "--repeats", "2", "--json")
        let object = try jsonObject(outcome.output)
        let rows = try #require(object["rows"] as? Int)
        #expect(rows > 50 && rows < 1000)
        #expect(object["ragged"] as? Bool == true)
        try expectTimes(object, operations: 6 * Double(4 * 4 * (4 + 4)) * Double(rows))
    }

    @Test func bothDirectionsDoTwiceTheWork() throws {
        let outcome = try bench(
            "rnn", "--bidirectional", "--layers", "2", "--time", "5", "--batch", "3", "--input", "7",
            "--hidden", "9", "--repeats", "2", "--json", "--save-tensors", "layer.safetensors")
        let object = try jsonObject(outcome.output)
        #expect(object["bidirectional"] as? Bool == true)
        try expectTimes(object, operations: 6 * Double(2 * 36 * (7 + 9) + 2 * 36 * (18 + 9)) * 15)
        #expect(folder.exists("layer.safetensors"))
    }

    @Test func weightsMayBeKeptInHalfTheBytes() throws {
        let outcome = try bench(
            "rnn", "--mode", "stream", "--input", "8", "--hidden", "16", "--weights", "bf16",
            "--repeats", "2", "--json")
        let object = try jsonObject(outcome.output)
        #expect(object["weights"] as? String == "bf16")
        #expect(object["weight_bytes"] as? Int == 2 * 64 * (8 + 16))
        let training = try bench("rnn", "--weights", "bf16")
        #expect(training.status == 64)
        #expect(training.error.contains("training keeps weights in f32"), "\(training.error)")
    }

    @Test func aStreamHasNoSecondDirection() throws {
        let outcome = try bench("rnn", "--mode", "stream", "--bidirectional")
        #expect(outcome.status == 64)
        #expect(outcome.error.contains("leave --bidirectional out"), "\(outcome.error)")
    }

    @Test func productsAndModelsAreTimed() throws {
        let product = try jsonObject(
            bench("gemm", "--rows", "5", "--columns", "33", "--inner", "7", "--repeats", "2", "--json").output)
        try expectTimes(product, operations: 2 * 5 * 33 * 7)
        let model = try jsonObject(
            bench("lm", "--hidden-size", "8", "--vocabulary", "30", "--batch-size", "2",
                "--sequence-length", "4", "--repeats", "2", "--json").output)
        let median = try number(model, "median_ms")
        #expect(abs(try number(model, "tokens_per_second") * median / 8000 - 1) < 1e-9)
        #expect(try number(model, "peak_rss_bytes") > 1e6)
    }

    @Test func functionsAreTimed() throws {
        let outcome = try bench("activations", "--repeats", "2", "--json")
        let array = try #require(
            JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
        #expect(array.map { $0["function"] as? String } == ["exp", "tanh", "sigmoid"])
        for object in array { #expect(try number(object, "ns_per_element") > 0) }
    }

    @Test func aPersonReadsLines() throws {
        let output = try bench("rnn", "--time", "3", "--repeats", "2").output
        #expect(output.hasPrefix("lstm, train, time 3, batch 32, input 128, hidden 128, layers 1, "))
        #expect(output.contains(" GFLOP/s, ") && output.contains(" % of "))
    }

    @Test func theTitleSaysWhatIsUnusual() throws {
        let output = try bench(
            "rnn", "--mode", "forward", "--time", "3", "--repeats", "2", "--bidirectional", "--ragged",
            "--weights", "bf16", "--threads", "1"
        ).output
        #expect(output.split(separator: "\n")[0].hasSuffix(", both directions, ragged, bf16, 1 thread"))
    }

    @Test(arguments: [
        ["rnn", "--hidden", "0"], ["rnn", "--repeats", "0"], ["rnn", "--mode", "stream", "--ragged"],
        ["gemm", "--inner", "0"], ["lm", "--vocabulary", "1"], ["activations", "--repeats", "-1"],
        ["lm", "--tie-weights", "--embedding-size", "3"], ["rnn", "--cell", "cnn"],
        ["rnn", "--activation", "relu"], ["lm", "--cell", "rnn", "--gru-form", "simplified"],
        ["rnn", "--repeats", "99999999999"], ["rnn", "--hidden", "1000000"], ["rnn", "--layers", "1000000"],
        ["rnn", "--time", "1000000", "--batch", "1000000", "--mode", "forward"],
        ["gemm", "--rows", "1000000", "--columns", "1000000"],
        ["lm", "--vocabulary", "1000000", "--hidden-size", "65536"],
    ])
    func wrongSizesAreRefused(arguments: [String]) throws {
        let outcome = try SeqNetProcess.run(["bench"] + arguments, in: folder)
        #expect(outcome.status == 64)
        #expect(outcome.output == "")
        let options = arguments.filter { $0.hasPrefix("--") }
        #expect(options.contains { outcome.error.contains($0) }, "\(outcome.error)")
    }
}
