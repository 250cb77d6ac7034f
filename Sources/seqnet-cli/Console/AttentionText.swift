import SeqNet

/// The alignment of a translation as a person reads it.
enum AttentionText {
    /// Shades of a share of 0, up to 1/4, 1/2, 3/4 and 1.
    private static let shades = [" ", "░", "▒", "▓", "█"]

    /// A row for each target token, with a column for each token of the source: the darker, the
    /// more it looked there.
    static func table(_ translation: Translation) -> String {
        let sources = translation.sourceTokens.map { Format.printable(String(decoding: $0, as: UTF8.self)) }
        var table = Table(columns: [""] + sources)
        for (token, weights) in zip(translation.tokens, translation.attention) {
            table.addRow([String(decoding: token, as: UTF8.self)] + weights.map(shade))
        }
        return table.render()
    }

    private static func shade(_ weight: Float) -> String {
        let step = min(max((weight * 4).rounded(.up), 0), 4)
        return String(repeating: step.isFinite ? shades[Int(step)] : "?", count: 2)
    }
}
