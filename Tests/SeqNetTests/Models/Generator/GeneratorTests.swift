import Testing

@testable import SeqNet

@Suite struct GeneratorTests {
    private let context: KernelContext
    private let folder: TemporaryFolder

    init() throws {
        context = try KernelContext(threads: 2)
        folder = try TemporaryFolder()
    }

    @Test(arguments: ConditionMode.allCases, [Cell.lstm, .gru(.resetAfter), .rnn(.tanh)])
    func gradients(condition: ConditionMode, cell: Cell) throws {
        let corpus = try TinySequences.corpus(30, in: folder)
        let model = try TinySequences.model(corpus, context, cell: cell, condition: condition)
        // The first weights make gradients that drown in rounding.
        model.parameters.fill(seed: 3, scale: 1, context)
        let chosen = LengthBuckets.sortedBatches(corpus.training.texts.lengths, size: 9)[0]
        GradientCheck(block: model.parameters, context: context).run { tape in
            model.loss(model.batch(corpus.training, chosen), tape).mean
        }
    }

    /// Each token's probability while sampling is that of the evaluation: the sum of the sampled
    /// ones' logarithms is the loss of the text.
    @Test(arguments: ConditionMode.allCases, [false, true])
    func aSampledSequenceHasTheLossOfItsSteps(condition: ConditionMode, vectors: Bool) throws {
        let corpus = try TinySequences.corpus(30, in: folder, vectors: vectors)
        let model = try TinySequences.model(corpus, context, condition: condition)
        let up = try corpus.conditions.condition(vectors ? "1,0" : "up", place: "test")
        // Without temperature the likeliest token comes; it must be the likeliest of the whole pass.
        var text = ""
        let made = try SequenceGenerator(model, context).generate(
            up, length: 12, options: SamplingOptions(temperature: 0), seed: 1) { text += $0 }
        #expect(made.tokens > 0)
        let ids = text.unicodeScalars.map { model.vocabulary.id(of: String($0))! }
        var sequences = TokenSequences()
        sequences.append(ids + [model.end])
        let batch = GeneratorBatch(sequences, [up], [0], end: model.end)
        let tape = Tape(inference: context)
        let rows = model.conditionRows(batch.conditions, tape)
        let x = model.input(batch.inputs, rows, sequences: batch.sequences, tape)
        let passes = model.recurrent(x, batch.layout, initial: model.states(rows, tape), tape)
        let logits = model.output.logits(passes.last!.output, tape)
        let unknown = model.vocabulary.unknown!
        for (row, id) in ids.enumerated() {
            let values = logits.rows(row..<row + 1).array
            let best = values.indices.filter { $0 != Int(unknown) }.max { values[$0] < values[$1] }!
            #expect(best == Int(id), "row \(row)")
        }
    }

    @Test(arguments: [1, 3, 30]) func anEvaluationDependsOnNoBatch(batchSize: Int) throws {
        let corpus = try TinySequences.corpus(30, in: folder)
        let model = try TinySequences.model(corpus, context)
        let part = corpus.training
        #expect(model.evaluate(part, context, batchSize: batchSize) == model.evaluate(part, context))
    }

    @Test func aSavedModelGivesTheSameBits() throws {
        for vectors in [false, true] {
            let corpus = try TinySequences.corpus(30, in: folder, vectors: vectors)
            let model = try TinySequences.model(corpus, context, condition: .everyStep)
            let task = GeneratorTask(model, corpus, TrainingOptions(), context)
            let path = folder.path("model.safetensors")
            try ModelFile.write(
                task.metadata(history: []), tensors: model.parameters.tensors, to: path)
            let loaded = try Generator(contentsOf: path, context)
            #expect(loaded.configuration == model.configuration)
            #expect(loaded.conditions == model.conditions && !loaded.writesTunes)
            #expect(loaded.evaluate(corpus.validation, context) == model.evaluate(corpus.validation, context))
        }
    }

    @Test func conditionsAreToldByTheLabels() throws {
        #expect(GeneratorConditions(of: ["1,0", "2,3"]) == .vectors(size: 2))
        #expect(GeneratorConditions(of: ["1", "2"]) == .labels(LabelSet(of: ["1", "2"])))
        #expect(GeneratorConditions(of: ["1,0", "2,3,4"]) == .labels(LabelSet(of: ["1,0", "2,3,4"])))
        let vectors = GeneratorConditions.vectors(size: 2)
        #expect(try vectors.condition("0.5,-1e2", place: "x") == .vector([0.5, -100]))
        for wrong in ["1", "1,2,3", "1,nan", "1,", "a,b"] {
            expectSeqNetError(.badData, "line 7", "2 numbers") {
                _ = try vectors.condition(wrong, place: "line 7")
            }
        }
        expectSeqNetError(.badData, "line 7", "'left'", "down, up") {
            _ = try GeneratorConditions.labels(LabelSet(of: ["up", "down"]))
                .condition("left", place: "line 7")
        }
    }

    /// Of records whose labels training had not, the others' loss is what it is without them.
    @Test func labelsNeverSeenAreLeftOutAndCounted() throws {
        let corpus = try TinySequences.corpus(30, in: folder)
        let model = try TinySequences.model(corpus, context)
        func part(_ records: [ConditionedText]) throws -> GeneratorPart {
            try GeneratorPart(
                records, name: "part", Tokenizer(kind: .characters), model.vocabulary, model.conditions)
        }
        let known = TinySequences.records(9, seed: 2)
        let others = ["left", "right", "left"].map { ConditionedText(label: $0, text: "12", place: "p") }
        let mixed = try part(others + known + others)
        #expect(mixed.records == 9 && mixed.unknownLabels.total == 6)
        #expect(mixed.unknownLabels.mostFrequent.map(\.label) == ["left", "right"])
        let evaluation = model.evaluate(mixed, context), alone = model.evaluate(try part(known), context)
        #expect(evaluation.loss == alone.loss && evaluation.tokens == alone.tokens)
        #expect(evaluation.unknownLabels == 6 && alone.unknownLabels == 0)
        #expect(evaluation.json["unknown_labels"] == 6)
        expectSeqNetError(.badData, "part", "down, up", "--label") { _ = try part(others) }
        let vectors = GeneratorConditions.vectors(size: 2)
        expectSeqNetError(.badData, "line 3", "2 numbers") {
            _ = try GeneratorPart(
                [ConditionedText(label: "1,2,3", text: "12", place: "line 3")], name: "part",
                Tokenizer(kind: .characters), model.vocabulary, vectors)
        }
    }

    @Test func thePlaceOfTheLabelIsKept() throws {
        let corpus = try TinySequences.corpus(30, in: folder)
        let configuration = try GeneratorConfiguration(
            RecurrentConfiguration(hiddenSize: 4), embeddingSize: 4, tokenizer: Tokenizer(kind: .characters),
            label: .field("R"))
        let model = Generator(
            configuration, vocabulary: corpus.vocabulary, conditions: corpus.conditions)
        model.parameters.initialize(seed: 1, context)
        let task = GeneratorTask(model, corpus, TrainingOptions(), context)
        let path = folder.path("model.safetensors")
        var metadata = try task.metadata(history: [])
        #expect(metadata.config["label"] == "R")
        try ModelFile.write(metadata, tensors: model.parameters.tensors, to: path)
        #expect(try Generator(contentsOf: path, context).configuration == configuration)
        // Files of earlier versions do not say.
        var config = try #require(metadata.config.objectValue)
        config["label"] = nil
        metadata.config = .object(config)
        try ModelFile.write(metadata, tensors: model.parameters.tensors, to: path)
        #expect(try Generator(contentsOf: path, context).configuration.label == .fileName)
    }

    @Test func aSecondDirectionIsRefused() {
        expectSeqNetError(.usage, "--bidirectional") {
            _ = try GeneratorConfiguration(
                RecurrentConfiguration(bidirectional: true), tokenizer: Tokenizer(kind: .characters))
        }
    }
}
