import ArgumentParser
import SeqNet

struct ScoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score",
        abstract: "The log-probability of each line, in nats.",
        discussion: """
            Each line is a text of its own: it begins from a zero state, and its closing symbol is \
            scored too. Prints: log-probability TAB tokens TAB text.
            """)

    @OptionGroup var path: ModelPathArgument

    @Argument(help: .init("A text, - for stdin.", valueName: "file"), completion: .file())
    var file: String = "-"

    @OptionGroup var threads: ThreadArguments

    @Flag(help: "Print one JSON object a line.")
    var json = false

    @OptionGroup var quiet: QuietArgument

    func run() throws {
        let context = try threads.context()
        let model = try path.languageModel(context)
        let scorer = LineScorer(model, context)
        var reader = try LineReader(path: file)
        var number = 0, unknown = 0, tokens = 0
        while let lines = try reader.nextLines() {
            let encoded = try lines.map { line -> EncodedText in
                number += 1
                return try model.configuration.tokenizer.encode(
                    line: line, with: model.vocabulary, source: reader.name, lineNumber: number)
            }
            for (line, score) in zip(lines, scorer.scores(of: encoded)) {
                try ComputedNumbers.require(score.logProbability)
                unknown += score.unknownCount
                tokens += score.tokens
                try Console.resultLine(try text(of: score, String(decoding: line, as: UTF8.self)))
            }
        }
        if unknown > 0 {
            quiet.note(
                "\(reader.name): \(unknown) of \(tokens) tokens are unknown to the model and taken "
                    + "as <unk>")
        }
    }

    private func text(of score: LineScore, _ line: String) throws -> String {
        if json {
            let object: JSONValue = [
                "log_prob": .number(score.logProbability), "tokens": .integer(score.tokens),
                "unknown": .integer(score.unknownCount), "text": .string(line),
            ]
            return try object.serialized()
        }
        return "\(Format.fixed(score.logProbability, 6))\t\(score.tokens)\t\(line)"
    }
}
