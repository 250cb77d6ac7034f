import Foundation
// Not @testable: what docs/course.md shows must do with what is public.
import SeqNet
import Testing

/// The code of docs/course.md, section by section.
struct CourseTests {
    @Test func theDocumentHoldsThisCode() throws {
        try DocumentedCode("docs/course.md").expectAll(in: #filePath)
    }

    @Test func notation() throws {
        let tokenizer = try Tokenizer(kind: .words)
        var counts = TokenCounts()
        for token in try tokenizer.tokens(inLine: "the cat saw the dog") { counts.add(token) }
        let vocabulary = try Vocabulary(kind: .words, counts: counts, limits: VocabularyLimits())
        // vocabulary.tokens: <eos>, <unk>, cat, dog, saw, the

        let sentence = try tokenizer.encode(line: "the dog sang", with: vocabulary)
        // sentence.ids: [5, 3, 1, 0], which is: the, dog, <unk>, <eos>
        let x1 = vocabulary.oneHot(sentence.ids[0])
        // [0, 0, 0, 0, 0, 1]

        #expect(vocabulary.tokens == ["<eos>", "<unk>", "cat", "dog", "saw", "the"])
        #expect(sentence.ids == [5, 3, 1, 0])
        #expect(x1 == [0, 0, 0, 0, 0, 1])
    }

    @Test func raggedBatch() {
        let batch = PackedBatch(lengths: [5, 3, 1])
        // 9 rows: steps 0 … 4 have 3, 2, 2, 1 and 1 of them
        let row = batch.firstRow(of: 2) + 1
        // 6: step 2 (the course's <3>) of sequence 1

        #expect(batch.rows == 9)
        #expect((0..<5).map { batch.firstRow(of: $0 + 1) - batch.firstRow(of: $0) } == [3, 2, 2, 1, 1])
        #expect(row == 6)
    }

    @Test func recurrentNetwork() throws {
        let context = try KernelContext()
        let parameters = ParameterBlock()
        let layer = RecurrentLayer(.rnn(.tanh), inputSize: 2, hiddenSize: 3, in: parameters)
        parameters.initialize(seed: 1, context)
        parameters.pack(context, backward: false)

        let tape = Tape(inference: context)
        let x = tape.tensor([1, 0, 0, 1], columns: 2)  // x<1> and x<2>
        let pass = layer(x, PackedBatch(sequences: 1, steps: 2), tape)
        let a = pass.output.array  // a<1> and a<2>, three numbers each
        let last = pass.final.hidden.array  // a<T_x>, which is a<2>

        let values = parameters.parameters.map { $0.buffer.map { Double($0) } }
        let (wax, waa, bih, bhh) = (values[0], values[1], values[2], values[3])
        var expected: [Double] = []
        for unit in 0..<3 { expected.append(tanh(wax[unit * 2] + bih[unit] + bhh[unit])) }
        for unit in 0..<3 {
            var sum = wax[unit * 2 + 1] + bih[unit] + bhh[unit]
            for other in 0..<3 { sum += waa[unit * 3 + other] * expected[other] }
            expected.append(tanh(sum))
        }
        #expect(zip(a, expected).allSatisfy { abs(Double($0) - $1) < 1e-6 })
        #expect(last == Array(a[3...]))
    }

    @Test func backPropagationThroughTime() throws {
        let context = try KernelContext()
        let model = try Tiny.model(Tiny.characters(5), context, cell: .rnn())
        model.parameters.pack(context, backward: true)

        let tape = Tape(training: model.parameters, context)
        let batch = PackedBatch(lengths: [3, 2])
        // Rows by steps: both sequences, both, the longer one.
        let inputs: [Int32] = [0, 0, 2, 3, 4]
        let targets: [Int32] = [2, 3, 4, 0, 0]
        let (loss, _) = model.loss(inputs, targets: targets, batch, tape)
        tape.backward()

        let hiddenWeight = model.parameters.parameters.first { $0.name == "rnn.weight_hh_l0" }!
        let dWaa = tape.gradient(of: hiddenWeight)  // d loss.mean / d W_aa, row-major

        let (mean, total, slope) = (loss.mean, loss.total, dWaa[5])
        #expect(abs(mean - total / 5) < 1e-12)
        let other = Tape(inference: context), width: Float = 0x1p-6
        let means = [width, -2 * width].map { change in
            hiddenWeight.buffer[5] += change
            model.parameters.pack(context, backward: false)
            other.reset()
            return model.loss(inputs, targets: targets, batch, other).loss.mean
        }
        let measured = (means[0] - means[1]) / (2 * Double(width))
        #expect(abs(measured - Double(slope)) < 0.01 * abs(measured))
    }

    @Test func encoderAndDecoder() throws {
        let context = try KernelContext()
        let parameters = ParameterBlock()
        let encoder = RecurrentStack(
            .lstm, inputSize: 2, hiddenSize: 3, layers: 2, prefix: "encoder.", in: parameters)
        let decoder = RecurrentStack(
            .lstm, inputSize: 2, hiddenSize: 3, layers: 2, prefix: "decoder.", in: parameters)
        parameters.initialize(seed: 1, context)
        parameters.pack(context, backward: true)
        let tape = Tape(training: parameters, context)
        let source = tape.tensor([Float](repeating: 1, count: 12), columns: 2)
        let target = tape.tensor([Float](repeating: 1, count: 12), columns: 2)

        let encoded = encoder(source, PackedBatch(lengths: [4, 2]), tape)
        let decoded = decoder(target, PackedBatch(lengths: [3, 3]), initial: encoded.map(\.final), tape)
        let top = decoded.last!.output  // [6, hiddenSize]

        #expect(top.rows == 6 && top.columns == 3)
        for index in 0..<top.count { top.gradient![index] = 1 }
        tape.backward()
        for parameter in parameters.parameters {
            let gradient = UnsafeBufferPointer(start: tape.gradient(of: parameter), count: parameter.count)
            #expect(gradient.contains { $0 != 0 }, "\(parameter.name)")
        }
    }

    @Test func languageModelSamplingAndGradient() throws {
        let context = try KernelContext()
        let folder = try TemporaryFolder()
        let (modelPath, textPath) = (folder.path("model.safetensors"), folder.path("test.txt"))
        let temporaryFolder = folder.path
        try saveModel(to: modelPath, context)
        try folder.write(String(repeating: "the cat was full .\n", count: 20), to: "test.txt")

        let model = try LanguageModel(contentsOf: modelPath, context)
        let line = try model.configuration.tokenizer.encode(line: "the cat was full .", with: model.vocabulary)
        let score = LineScorer(model, context).scores(of: [line])[0]
        // score.logProbability: log P(the) + log P(cat | the) + … + log P(<eos> | the cat was full .)
        #expect(score.tokens == 6 && score.logProbability < 0)

        let generator = TextGenerator(model, context)
        let options = try SamplingOptions(temperature: 0.7)
        var text = ""
        try generator.generate(prompt: "the cat", length: 40, options: options, seed: 1) { text += $0 }
        #expect(text.split(whereSeparator: \.isWhitespace).count > 20)

        let part = try Corpus.encode(
            [textPath], tokenizer: model.configuration.tokenizer, vocabulary: model.vocabulary,
            scratchFolder: temporaryFolder)
        let reach = try GradientByLag(of: model, on: part, greatestLag: 20, context)
        // reach.top[k]: the mean norm over k steps, of the top layer
        #expect(reach.top.count == 21 && reach.top[20] < reach.top[0])
    }

    private func saveModel(to path: String, _ context: KernelContext) throws {
        let vocabulary = try Tiny.words([".", "cat", "full", "the", "was"])
        let model = try Tiny.model(vocabulary, context, scale: 0.3)
        try ModelFile.write(
            ModelMetadata(
                task: "lm", config: .object(model.configuration.json), vocabulary: vocabulary.tokens),
            tensors: model.parameters.tensors, to: path)
    }

    @Test func bidirectional() throws {
        let context = try KernelContext()
        let parameters = ParameterBlock()
        let layer = RecurrentLayer(.lstm, inputSize: 2, hiddenSize: 3, bidirectional: true, in: parameters)
        parameters.initialize(seed: 1, context)
        parameters.pack(context, backward: true)

        let tape = Tape(training: parameters, context)
        let x = tape.tensor([Float](repeating: 1, count: 9 * 2), columns: 2)
        let pass = layer(x, PackedBatch(lengths: [5, 3, 1]), tape)
        // [9, 6]: row r has a→ of its step in columns 0..<3 and a← in columns 3..<6.
        let (ahead, back) = (pass.finals[0].hidden, pass.finals[1].hidden)

        let output = pass.output.array
        #expect(pass.output.rows == 9 && pass.output.columns == 6)
        // One ends at the last step of a sequence, the other at the first.
        #expect(Array(output[8 * 6..<8 * 6 + 3]) == ahead.rows(0..<1).array)
        #expect(Array(output[3..<6]) == back.rows(0..<1).array)
        #expect(ahead.rows(0..<1).array != back.rows(0..<1).array)
    }

    @Test func deep() throws {
        let context = try KernelContext()
        let parameters = ParameterBlock()
        let stack = RecurrentStack(
            .gru(.resetBefore), inputSize: 2, hiddenSize: 3, layers: 3, dropout: 0.1, in: parameters)
        // stack(x, batch, tape) gives the pass of each layer; the last one's output is the network's.

        parameters.initialize(seed: 1, context)
        parameters.pack(context, backward: false)
        let tape = Tape(inference: context)
        let x = tape.tensor([1, 0, 0, 1], columns: 2)
        let passes = stack(x, PackedBatch(sequences: 1, steps: 2), tape)
        #expect(passes.count == 3 && passes.last!.output.columns == 3)
        #expect(parameters.parameters.contains { $0.name == "weight_ih_l2" && $0.shape == [9, 3] })
    }
}
