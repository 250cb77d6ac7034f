import Testing

@testable import SeqNet

@Suite struct TaggerTests {
    private let context: KernelContext
    private let folder: TemporaryFolder
    private let corpus: TaggerCorpus

    init() throws {
        context = try KernelContext(threads: 2)
        folder = try TemporaryFolder()
        corpus = try TinyNames.corpus(60, in: folder)
    }

    @Test(arguments: [false, true], [false, true])
    func gradients(characters: Bool, crf: Bool) throws {
        let model = try TinyNames.model(corpus, context, characters: characters, crf: crf)
        model.parameters.fill(seed: 3, scale: 0.5, context)
        let chosen = LengthBuckets.sortedBatches(corpus.training.words.lengths, size: 12)[0]
        let batch = WordBatch(corpus.training.words, chosen, corpus.training.table)
        let targets = corpus.targets.packed(chosen).tokens
        // The loss is a sum, its gradient that of the mean.
        GradientCheck(block: model.parameters, context: context).run { tape in
            model.loss(batch, targets: targets, tape).total / Double(targets.count)
        }
    }

    @Test(arguments: [false, true])
    func aSentenceGetsTheSameTagsAloneAndAmongOthers(crf: Bool) throws {
        let model = try TinyNames.model(corpus, context, crf: crf)
        let sentences = TinyNames.sentences(100, seed: 7).map(\.words)
        let together = model.tag(sentences, withProbabilities: true)
        for index in [0, 3, 77, 99] {
            #expect(model.tag([sentences[index]], withProbabilities: true) == [together[index]])
        }
        #expect(model.tag(sentences).map(\.tags) == together.map(\.tags))
    }

    @Test(arguments: [false, true])
    func everyWordHasATagAndItsProbability(crf: Bool) throws {
        let model = try TinyNames.model(corpus, context, crf: crf)
        let answers = model.tag([[], ["by", "Unknown", "\u{1F600}"], ["in"]], withProbabilities: true)
        #expect(answers.map(\.tags.count) == [0, 3, 1])
        #expect(answers.map(\.words) == [[], ["by", "Unknown", "\u{1F600}"], ["in"]])
        for answer in answers {
            #expect(answer.probabilities?.count == answer.tags.count)
            #expect(answer.probabilities!.allSatisfy { $0 > 0 && $0 <= 1.00001 })
            #expect(answer.tags.allSatisfy { corpus.tagSet.tags.contains($0) })
        }
        #expect(model.tag([["in"]])[0].probabilities == nil)
    }

    /// Of the only two tags that files write for one place, the probabilities add up to 1.
    @Test func aTagHasTheProbabilityOfAllThatAreWrittenSo() {
        let set = TagSet(training: [["B-PER", "O"], ["B-PER", "I-PER"]])
        #expect(set.learned == ["B-PER", "E-PER", "O", "S-PER"] && set.tags == ["B-PER", "I-PER", "O"])
        let distribution = [Float(0.25), 0.125, 0.125, 0.5].withUnsafeBufferPointer {
            set.distribution(ofLearned: $0)
        }
        #expect(distribution == [0.75, 0.125, 0.125])
    }

    /// Each tag's probability is the sum over the learned ones that files write as it.
    @Test(arguments: [false, true])
    func probabilitiesAreOfTheTagsAsFilesWriteThem(crf: Bool) throws {
        let model = try TinyNames.model(corpus, context, crf: crf)
        let words = TinyNames.sentences(3, seed: 9)[2].words
        let answer = model.tag([words], withProbabilities: true)[0]
        var table = WordTable(corpus.vocabulary), pieces = TokenSequences()
        pieces.append(words.map { table.index(of: $0) })
        let all = try #require(
            model.decode(
                WordBatch(pieces, [0], table), withProbabilities: true, Tape(inference: context)
            ).probabilities)
        let written = model.tagSet.learned.map { tag in
            tag.hasPrefix("S-") ? "B-" + tag.dropFirst(2) : tag.hasPrefix("E-") ? "I-" + tag.dropFirst(2) : tag
        }
        #expect(Set(written).count < written.count, "some tags are written alike")
        for (word, tag) in answer.tags.enumerated() {
            let sum = written.indices.reduce(Float(0)) {
                $0 + (written[$1] == tag ? all.values[word * all.columns + $1] : 0)
            }
            #expect(answer.probabilities![word] == sum && sum > 0)
        }
    }

    /// Training had no name of one word, so that there is no tag for one.
    @Test func aTagIsMendedOnlyByTagsOfTraining() {
        let set = TagSet(training: [["B-PER", "E-PER", "O"]])
        #expect(set.scheme == .bioes && set.tags(of: [0, 2]) == ["B-PER", "O"])
    }

    @Test func aFieldSaysOnlyWhatMakesSense() throws {
        let model = try TinyNames.model(corpus, context, crf: true)
        model.parameters.fill(seed: 5, scale: 2, context)
        let part = corpus.training
        for chosen in LengthBuckets.sortedBatches(part.words.lengths, size: 32) {
            let batch = WordBatch(part.words, chosen, part.table)
            let tape = Tape(inference: context)
            let ids = model.decode(batch, withProbabilities: false, tape).tags
            for sentence in batch.layout.sequences(of: ids) {
                let learned = sentence.map { corpus.tagSet.learned[Int($0)] }
                #expect(TagScheme.bioes.normalized(learned) == learned)
            }
        }
    }

    @Test func aVeryLongSentenceIsTaggedInPieces() throws {
        let model = try TinyNames.model(corpus, context)
        var random = Random(seed: 9, stream: 0)
        let words = (0..<100_000).map { _ in random.element(of: ["by", "Anna", "in", "Oslo", "told"]) }
        let most = Tagger.mostWords
        let tags = model.tag([words])[0].tags
        #expect(tags.count == 100_000)
        var table = WordTable(corpus.vocabulary)
        let second = TokenSequences([table.indices(of: Array(words[most..<2 * most]))])
        let batch = WordBatch(second, [0], table)
        let ids = model.decode(batch, withProbabilities: false, Tape(inference: context)).tags
        // An entity that reaches over the cut is mended.
        #expect(tags[most + 5..<2 * most - 5] == corpus.tagSet.tags(of: ids)[5..<most - 5])
    }

    @Test(arguments: [false, true])
    func aSavedModelGivesTheSameBits(crf: Bool) throws {
        let model = try TinyNames.model(corpus, context, crf: crf, cell: .gru(.resetBefore))
        let task = try TaggerTask(model, corpus, TrainingOptions(), wordDropout: 0.2)
        let path = folder.path("model.safetensors")
        try ModelFile.write(task.metadata(history: []), tensors: model.parameters.tensors, to: path)
        let loaded = try Tagger(contentsOf: path, context)
        #expect(loaded.configuration == model.configuration)
        #expect(loaded.tagSet == model.tagSet && loaded.vocabulary == model.vocabulary)
        let sentences = TinyNames.sentences(10, seed: 3).map(\.words)
        #expect(
            loaded.tag(sentences, withProbabilities: true) == model.tag(sentences, withProbabilities: true))
        expectSeqNetError(.badData, path, "seqnet train tag", "seqnet train classify") {
            _ = try Classifier(contentsOf: path, context)
        }
    }

    @Test func aDamagedModelFileIsRefused() throws {
        let model = try TinyNames.model(corpus, context)
        let task = try TaggerTask(model, corpus, TrainingOptions(), wordDropout: 0)
        let path = folder.path("model.safetensors")
        func expectFault(_ text: String, _ change: (inout ModelMetadata) -> Void) throws {
            var metadata = task.metadata(history: [])
            change(&metadata)
            try ModelFile.write(metadata, tensors: model.parameters.tensors, to: path)
            expectSeqNetError(.badData, path, text) { _ = try Tagger(contentsOf: path, context) }
        }
        try expectFault("characters") { $0.characters = nil }
        try expectFault("labels") { $0.labels = nil }
        try expectFault("labels: tag 'NOUN' is not of the scheme bio") { $0.labels![0] = "NOUN" }
        try expectFault("output.weight") { $0.labels!.removeLast() }
        try expectFault("'tag_scheme' is missing") { $0.config["tag_scheme"] = nil }
        try expectFault("'character_hidden_size' is missing") {
            $0.config["character_hidden_size"] = .integer(0)
        }
    }

    @Test func anEvaluationCountsWhatTagSays() throws {
        let model = try TinyNames.model(corpus, context)
        let sentences = TinyNames.sentences(40, seed: 5) + [
            TaggedSentence(source: "new", line: 1, words: ["in", "Oslo"], tags: ["O", "B-NEW"])
        ]
        let part = TaggerPart(sentences, name: "test", model.vocabulary, model.tagSet)
        let evaluation = model.evaluate(part)
        let answers = model.tag(sentences.map(\.words)).map(\.tags)
        let right = zip(sentences, answers).reduce(0) { sum, pair in
            sum + zip(pair.0.tags, pair.1).count { $0 == $1 }
        }
        #expect(evaluation.confusion.correct == right)
        #expect(evaluation.confusion.total == sentences.reduce(0) { $0 + $1.words.count })
        #expect(evaluation.confusion.unknown.map(\.label) == ["B-NEW"])
        var entities = EntityScores()
        for (sentence, tags) in zip(sentences, answers) { entities.add(actual: sentence.tags, predicted: tags) }
        #expect(evaluation.entities == entities)
        #expect(evaluation.unknown == part.unknownWordCount && evaluation.sentences == 41)
        // The loss is that of the sentences whose tags are known.
        let known = Array(0..<40)
        let targets = TokenSequences(known.map { model.tagSet.learned(sentences[$0].tags)! })
        let loss = known.reduce(0) { sum, sentence in
            let batch = WordBatch(part.words, [sentence], part.table)
            let rows = targets.packed([sentence]).tokens
            return sum + model.loss(batch, targets: rows, Tape(inference: context)).total
        }
        #expect(abs(try #require(evaluation.loss) - loss / Double(targets.tokens)) < 1e-6)
    }
}
