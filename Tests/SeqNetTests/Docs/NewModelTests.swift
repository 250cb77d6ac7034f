// Not @testable: what docs/new-model.md shows must do with what is public.
import SeqNet
import Testing

/// The code of docs/new-model.md.
struct NewModelTests {
    /// Sequences of 3 to 20 of the tokens 0 … 3; the class of each is its first token.
    private func examples(_ count: Int, _ random: inout Random) -> ([[Int32]], [Int32]) {
        let sequences = (0..<count)
            .map { _ in
                (0..<3 + random.integer(below: 18)).map { _ in Int32(random.integer(below: 4)) }
            }
            .sorted { $0.count > $1.count }
        return (sequences, sequences.map { $0[0] })
    }

    private func train(_ cell: Cell, _ context: KernelContext) throws -> (SequenceClassifier, Double) {
        let model = SequenceClassifier(cell, vocabulary: 4, classes: 4, size: 32)
        model.parameters.initialize(seed: 1, context)
        model.parameters.pack(context, backward: true)

        var options = TrainingOptions()
        options.learningRate = 0.01
        let optimizer = try Optimizer(options, model.parameters, context)
        let tape = Tape(training: model.parameters, context)
        var random = Random(seed: 1, stream: 0)
        var lastLoss = Double.infinity
        for step in 0..<300 {
            let (sequences, classes) = examples(32, &random)
            tape.reset(step: step)
            lastLoss = model.loss(sequences, classes: classes, tape).mean
            tape.backward()
            try optimizer.step(tape)
        }
        return (model, lastLoss)
    }

    private func accuracy(_ model: SequenceClassifier, _ context: KernelContext) -> Double {
        var random = Random(seed: 2, stream: 0)
        let tape = Tape(inference: context)
        let (sequences, classes) = examples(200, &random)
        let logits = model.logits(sequences, tape)
        let right = classes.indices.filter { index in
            let row = logits.rows(index..<index + 1).array
            return row.firstIndex(of: row.max()!)! == Int(classes[index])
        }
        return Double(right.count) / Double(classes.count)
    }

    @Test(arguments: [Cell.lstm, .gru()])
    func learnsTheFirstTokenOfASequence(_ cell: Cell) throws {
        let context = try KernelContext()
        let (model, loss) = try train(cell, context)
        #expect(loss < 0.02)
        #expect(accuracy(model, context) == 1)
    }

    @Test func readsStepByStep() throws {
        let context = try KernelContext(threads: 1)
        var random = Random(seed: 3, stream: 0)
        let arriving = (0..<10).map { _ in (0..<6).map { _ in Float(random.integer(below: 5)) } }

        let parameters = ParameterBlock()
        let stack = RecurrentStack(.gru(), inputSize: 3, hiddenSize: 16, layers: 2, in: parameters)
        parameters.initialize(seed: 1, context)
        parameters.pack(context, backward: false, as: .bf16)

        let session = RecurrentSession(stack, sequences: 2, context)
        var greatest: Float = 0
        for input in arriving {
            let hidden = session.step(input)
            greatest = max(greatest, hidden.max()!)
        }
        let tape = Tape(inference: context)
        let whole = stack(
            tape.tensor(arriving.flatMap { $0 }, columns: 3), PackedBatch(sequences: 2, steps: 10), tape)
        #expect(greatest == whole.last!.output.array.max()! && greatest > 0)
    }

    @Test func savesAndLoads() throws {
        let folder = try TemporaryFolder()
        let context = try KernelContext(threads: 1)
        let model = SequenceClassifier(.gru(), vocabulary: 4, classes: 4, size: 8)
        model.parameters.initialize(seed: 1, context)
        model.parameters.pack(context, backward: false)
        let path = folder.path("classifier.safetensors")
        try ModelFile.write(
            ModelMetadata(task: "first-token", config: ["hidden_size": 8], vocabulary: ["a", "b", "c", "d"]),
            tensors: model.parameters.tensors, to: path)

        let copy = SequenceClassifier(.gru(), vocabulary: 4, classes: 4, size: 8)
        try copy.parameters.read(from: ModelFile(path: path))
        copy.parameters.pack(context, backward: false)

        let sequences: [[Int32]] = [[0, 1, 2], [3, 1]]
        #expect(
            copy.logits(sequences, Tape(inference: context)).array
                == model.logits(sequences, Tape(inference: context)).array)
    }

    /// The sum of two tensors of one shape.
    func sum(_ a: Tensor, _ b: Tensor, _ tape: Tape) -> Tensor {
        let output = tape.tensor(rows: a.rows, columns: a.columns)
        for index in 0..<output.count { output.values[index] = a.values[index] + b.values[index] }
        tape.record {
            for index in 0..<output.count {
                a.gradient![index] += output.gradient![index]
                b.gradient![index] += output.gradient![index]
            }
        }
        return output
    }

    @Test func anOperationOfOnesOwnPassesItsGradient() throws {
        let tape = Tape(training: ParameterBlock(), try KernelContext(threads: 1))
        let a = tape.tensor([1, 2], columns: 2), b = tape.tensor([3, 4], columns: 2)
        let output = sum(a, sum(a, b, tape), tape)
        #expect(output.array == [5, 8])
        output.gradient!.update(from: [1, 10], count: 2)
        tape.backward()
        #expect((0..<2).map { a.gradient![$0] } == [2, 20])
        #expect((0..<2).map { b.gradient![$0] } == [1, 10])
    }

    @Test func theDocumentHoldsThisCode() throws {
        let document = try DocumentedCode("docs/new-model.md")
        let model = #filePath.replacing("NewModelTests", with: "SequenceClassifier")
        try document.expectAll(in: model, #filePath)
        #expect(document.blocks[0] == (try String(contentsOfFile: model, encoding: .utf8)))
        #expect(document.blocks[0].split(separator: "\n", omittingEmptySubsequences: false).count <= 40)
    }
}
