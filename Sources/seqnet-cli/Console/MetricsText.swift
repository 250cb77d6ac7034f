import SeqNet

/// Metrics as a person reads them.
enum MetricsText {
    /// "loss 1.4630, perplexity 4.319, …" on one line.
    static func line(_ metrics: JSONValue) -> String {
        entries(metrics).map { "\($0) \($1)" }.joined(separator: ", ")
    }

    /// A line a metric.
    static func table(_ metrics: JSONValue) -> String {
        let entries = entries(metrics)
        let width = entries.map(\.0.count).max() ?? 0
        return entries.map { name, value in
            name + String(repeating: " ", count: width - name.count + 2) + value
        }.joined(separator: "\n")
    }

    private static let order = [
        "accuracy", "precision", "recall", "f1", "macro_f1", "majority", "mean_absolute_error", "bleu",
        "bleu_detokenized", "chrf", "exact_match", "mse", "mae", "naive_last_mse", "naive_season_mse",
        "linear_mse", "loss", "perplexity", "bits_per_character", "bits_per_token", "records", "sentences",
        "pairs", "windows", "skipped", "unknown_labels", "unknown_tags", "tokens", "unknown",
    ]

    /// The metric whose null stands for what is beyond all numbers; that of others, for nothing.
    private static let infinite = "perplexity"

    private static func entries(_ metrics: JSONValue) -> [(String, String)] {
        order.compactMap { key in
            metrics[key].flatMap { value in
                let name = key.split(separator: "_").joined(separator: " ")
                switch value {
                case .integer(let count): return (name, String(count))
                case .null where key != infinite: return nil
                default: return (name, Format.fixed(value.doubleValue ?? .infinity, 4))
                }
            }
        }
    }
}
