import SeqNet

/// How an evaluation is shown.
struct EvaluationOutput {
    let json: Bool
    let quiet: QuietArgument

    var status: StatusLine { StatusLine(isQuiet: quiet.quiet) }

    /// The metrics as JSON, or as a table with `details` below it.
    func show(_ metrics: JSONValue, details: () -> String? = { nil }) throws {
        guard !json else { return try Console.resultLine(try metrics.serialized()) }
        try Console.resultLine(MetricsText.table(metrics))
        if let details = details() { try Console.result("\n" + details) }
    }

    /// A line on stderr, unless nothing is wanted there.
    func note(_ text: String) { quiet.note(text) }
}
