import SeqNet

/// How samples are shown.
struct SampleOutput {
    let json: Bool
    let quiet: QuietArgument

    /// Notes that a prompt has tokens that the model does not know.
    func note(_ made: GeneratedText) {
        guard made.promptUnknownCount > 0 else { return }
        quiet.note(
            "the prompt has \(made.promptUnknownCount) of \(made.promptTokens) tokens that the model does "
                + "not know; they are taken as <unk>")
    }
}
