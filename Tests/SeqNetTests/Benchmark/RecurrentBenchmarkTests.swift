import TestSupport
import Testing

@testable import SeqNet

/// What `bench rnn --save-tensors` writes is what the timed work does.
struct RecurrentBenchmarkTests {
    private let context: KernelContext

    init() throws { context = try KernelContext(threads: 2) }

    private func saved(_ benchmark: RecurrentBenchmark) throws -> [String: (shape: [Int], values: [Float])] {
        let folder = try TemporaryFolder()
        let path = folder.path + "/layer.safetensors"
        try benchmark.saveTensors(to: path, context)
        let file = try SafetensorsFile(path: path)
        return try Dictionary(uniqueKeysWithValues: file.entries.map { entry in
            let values = Array(try file.floats(named: entry.name, shape: entry.shape))
            return (entry.name, (entry.shape, values))
        })
    }

    @Test func trainingHasEveryGradient() throws {
        let benchmark = try RecurrentBenchmark(
            .gru(), mode: .train, time: 7, batch: 4, inputSize: 3, hiddenSize: 5, layers: 2,
            isBidirectional: true, isRagged: true)
        let tensors = try saved(benchmark)
        #expect(tensors["lengths"]?.values == benchmark.lengths.map(Float.init))
        #expect(tensors["x"]?.shape == [benchmark.rows, 3])
        #expect(tensors["y"]?.shape == [benchmark.rows, 10])
        let parameters = tensors.keys.filter { $0.hasPrefix("rnn.") }
        #expect(parameters.count == 16)
        for name in parameters + ["x"] {
            let gradient = try #require(tensors["grad.\(name)"], "\(name)")
            #expect(gradient.shape == tensors[name]?.shape)
            #expect(gradient.values.contains { $0 != 0 }, "\(name)")
        }
        #expect(tensors["rnn.weight_ih_l1_reverse"]?.shape == [15, 10])
    }

    @Test func aStreamIsTheFirstStepsOfASequence() throws {
        let stream = try saved(
            RecurrentBenchmark(.lstm, mode: .stream, time: 50, batch: 32, inputSize: 3, hiddenSize: 5))
        #expect(stream["lengths"]?.values == [8])
        let block = ParameterBlock()
        let stack = RecurrentStack(.lstm, inputSize: 3, hiddenSize: 5, prefix: "rnn.", in: block)
        for parameter in block.parameters {
            _ = parameter.buffer.update(from: try #require(stream[parameter.name]).values)
        }
        block.pack(context, backward: false)
        let tape = Tape(inference: context)
        let x = tape.tensor(try #require(stream["x"]).values, columns: 3)
        let y = stack(x, PackedBatch(sequences: 1, steps: 8), tape).last!.output
        expectSameBits(try #require(stream["y"]).values, y.array, "y")
        #expect(!stream.keys.contains { $0.hasPrefix("grad.") })
    }
}
