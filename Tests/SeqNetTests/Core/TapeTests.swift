import TestSupport
import Testing

@testable import SeqNet

struct TapeTests {
    private let context: KernelContext
    private let block = ParameterBlock()
    private let linear: Linear

    init() throws {
        context = try KernelContext(threads: 1)
        linear = Linear(inputSize: 3, outputSize: 2, in: block)
        block.fill(seed: 1, context)
    }

    private let x: [Float] = [1, 2, 3, 4, 5, 6]

    /// The gradient of the sum of all outputs by the weight, after `uses` of the layer.
    private func weightGradient(_ tape: Tape, uses: Int) -> [Float] {
        for _ in 0..<uses {
            let y = linear(tape.tensor(x, columns: 3), tape)
            y.gradient!.update(repeating: 1, count: y.count)
        }
        tape.backward()
        return Array(UnsafeBufferPointer(start: tape.gradient(of: linear.weight), count: 6))
    }

    @Test func gradientsOfALayerUsedTwiceAdd() {
        let tape = Tape(training: block, context)
        #expect(weightGradient(tape, uses: 1) == [5, 7, 9, 5, 7, 9])
        tape.reset()
        #expect(weightGradient(tape, uses: 2) == [10, 14, 18, 10, 14, 18])
    }

    @Test func gradientsAddUntilTheNextReset() {
        let tape = Tape(training: block, context)
        _ = weightGradient(tape, uses: 1)
        #expect(weightGradient(tape, uses: 1) == [10, 14, 18, 10, 14, 18])
        tape.reset()
        #expect(tape.allGradients.allSatisfy { $0 == 0 })
        #expect(weightGradient(tape, uses: 1) == [5, 7, 9, 5, 7, 9])
    }

    @Test func backwardRunsWhatWasRecordedOnceLastFirst() {
        let tape = Tape(training: block, context)
        var order: [Int] = []
        for number in 0..<3 { tape.record { order.append(number) } }
        tape.backward()
        tape.backward()
        #expect(order == [2, 1, 0])
        tape.record { order.append(9) }
        tape.reset()
        tape.backward()
        #expect(order == [2, 1, 0], "a reset forgets what was recorded")
    }

    @Test func inferenceRecordsNothing() {
        let tape = Tape(inference: context)
        var ran = false
        tape.record { ran = true }
        #expect(!tape.isRecording && !ran)
        let y = linear(tape.tensor(x, columns: 3), tape)
        #expect(y.gradient == nil)
        let recording = Tape(training: block, context)
        let same = linear(recording.tensor(x, columns: 3), recording)
        expectSameBits(y.array, same.array, "outputs with and without recording")
    }

    @Test func anAnalyzingTapeRecordsButDoesNotDropOut() {
        let tape = Tape(analyzing: block, context)
        #expect(tape.isRecording && !tape.isTraining)
        let input = tape.tensor(x, columns: 3)
        #expect(Dropout(rate: 0.5)(input, tape).array == x)
        #expect(weightGradient(tape, uses: 1) == [5, 7, 9, 5, 7, 9])
    }

    @Test func aTrainingStepInSteadyStateAllocatesNoMemory() {
        let model = ParameterBlock()
        let embedding = Embedding(vocabulary: 50, size: 16, initializer: .uniform(bound: 1), in: model)
        let lstm = RecurrentStack(.lstm, inputSize: 16, hiddenSize: 32, layers: 2, dropout: 0.1, in: model)
        let output = SoftmaxOutput(inputSize: 32, vocabulary: 50, in: model)
        model.fill(seed: 2, context)
        var random = Random(seed: 1, stream: 0)
        let ids = random.ids(40 * 16, below: 50)
        let batch = PackedBatch(sequences: 16, steps: 40)
        let tape = Tape(training: model, context)
        var allocations: [Int] = []
        for step in 0..<6 {
            tape.reset(step: step)
            let top = lstm(embedding(ids, tape), batch, tape).last!.output
            _ = output.loss(top, targets: ids, tape)
            tape.backward()
            allocations.append(tape.allocations)
        }
        #expect(allocations[0] > 1, "the first step grows")
        #expect(Set(allocations[1...]).count == 1, "\(allocations)")
    }
}
