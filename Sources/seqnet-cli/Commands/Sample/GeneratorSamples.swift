import SeqNet

/// `sample` of a generator.
struct GeneratorSamples {
    private let generator: SequenceGenerator
    private let output: SampleOutput

    /// The most tokens of a sequence: three times a long tune.
    private static let usualLength = 3000

    init(_ model: Generator, _ context: KernelContext, _ output: SampleOutput) {
        generator = SequenceGenerator(model, context)
        self.output = output
    }

    /// - Parameters:
    ///   - label: nil draws one for each sequence.
    ///   - midi: a file that the one sequence is played into.
    func write(
        _ draws: SampleDraws, prompt: String, label: String?, vector: String?, midi: String?
    ) throws {
        guard midi == nil || (generator.model.writesTunes && draws.count == 1) else {
            throw SeqNetError(
                .usage, "--midi: plays one tune; "
                    + (draws.count > 1
                        ? "leave --count out" : "this model was not trained on tunes in ABC"))
        }
        for sequence in 0..<draws.count {
            let (name, condition) = try condition(label, vector, draws.seed, sequence)
            try write(draws, prompt, name, condition, sequence, midi)
        }
    }

    private func condition(
        _ label: String?, _ vector: String?, _ seed: UInt64, _ sequence: Int
    ) throws -> (name: String, GeneratorCondition) {
        let conditions = generator.model.conditions
        switch conditions {
        case .labels(let labels):
            guard vector == nil else {
                throw SeqNetError(
                    .usage, "--vector: the model takes labels; give --label, one of "
                        + labels.names.joined(separator: ", "))
            }
            let name = label ?? labels.drawn(seed: seed, sequence: sequence)
            return (name, try conditions.condition(name, place: "--label"))
        case .vectors(let size):
            guard let vector, label == nil else {
                throw SeqNetError(
                    .usage, "--vector: the model takes vectors; give \(size) numbers divided by commas")
            }
            return (vector, try conditions.condition(vector, place: "--vector"))
        }
    }

    private func write(
        _ draws: SampleDraws, _ prompt: String, _ label: String, _ condition: GeneratorCondition,
        _ sequence: Int, _ midi: String?
    ) throws {
        var text = ""
        if !output.json { try Console.result(header(label, sequence) + prompt) }
        let made = try generator.generate(
            condition, prompt: prompt, length: draws.length ?? Self.usualLength,
            options: draws.options, seed: draws.seed, sequence: sequence
        ) { piece in
            text += piece
            if !output.json { try Console.result(piece) }
        }
        if output.json {
            let object: JSONValue = [
                "label": .string(label), "prompt": .string(prompt), "text": .string(text),
                "tokens": .integer(made.tokens), "seed": .integer(Int(draws.seed)),
                "sequence": .integer(sequence),
            ]
            try Console.resultLine(try object.serialized())
        } else {
            // A blank line ends a tune of a book.
            let isLast = sequence == draws.count - 1
            try Console.result(generator.model.writesTunes && !isLast ? "\n\n" : "\n")
        }
        if sequence == 0 { output.note(made) }
        if let midi { try play(header(label, sequence) + prompt + text, into: midi, label) }
    }

    /// What makes the text a tune of a book; nothing of other texts.
    private func header(_ label: String, _ sequence: Int) -> String {
        generator.model.writesTunes ? "X:\(sequence + 1)\nT:\(label) \(sequence + 1)\n" : ""
    }

    private func play(_ text: String, into path: String, _ label: String) throws {
        let tune: Tune
        do {
            tune = try Tune(parsing: text)
        } catch {
            throw SeqNetError(
                .badData, "--midi: the sample is no tune that can be played (\(error)); try another --seed")
        }
        guard tune.bars.contains(where: { $0.events.contains { !$0.pitches.isEmpty } }) else {
            throw SeqNetError(
                .badData, "--midi: the sample has no notes to be played; give a greater --length or "
                    + "another --seed")
        }
        try MIDIFile(tune, name: label).write(to: path)
    }
}
