import SeqNet

/// The result of a benchmark as a person reads it.
enum BenchText {
    static func show(_ result: BenchmarkResult, json: Bool) throws {
        try Console.resultLine(json ? result.json.serialized() : lines(result))
    }

    /// Options that say what was run, in the order of a line.
    private static let shape = [
        "cell", "mode", "time", "batch", "input", "hidden", "layers", "hidden_size",
        "embedding_size", "vocabulary", "batch_size", "sequence_length", "rows", "columns", "inner",
    ]

    /// One line: what was run, how long it took, how near to the limit it came.
    static func line(_ result: BenchmarkResult) -> String {
        "\(title(result)): \(speed(result))" + (bandwidth(result).map { ", \($0)" } ?? "")
    }

    private static func title(_ result: BenchmarkResult) -> String {
        shape.compactMap { key -> String? in
            guard let value = result.options[key] else { return nil }
            let name = key.split(separator: "_").joined(separator: " ")
            if let text = value.stringValue { return text }
            return value.intValue.map { "\(name) \($0)" }
        }.joined(separator: ", ") + setting(result)
    }

    /// What else decides the time; what is usual goes without saying.
    private static func setting(_ result: BenchmarkResult) -> String {
        func isSet(_ key: String) -> Bool { result.options[key] == .bool(true) }
        var words = [isSet("bidirectional") ? "both directions" : nil, isSet("ragged") ? "ragged" : nil]
        let weights = result.options["weights"]?.stringValue
        words.append(weights == WeightType.f32.rawValue ? nil : weights)
        words.append(
            result.options["threads"]?.intValue.map { "\($0) thread\($0 == 1 ? "" : "s")" })
        return words.compactMap { $0 }.map { ", \($0)" }.joined()
    }

    private static func speed(_ result: BenchmarkResult) -> String {
        let t = result.timing
        return "\(time(t.median)) (\(time(t.least)) to \(time(t.greatest))), "
            + "\(Format.fixed(result.gigaflops, 1)) GFLOP/s, "
            + "\(Format.fixed(100 * result.fractionOfPeak, 0)) % of \(Format.fixed(result.machine.gigaflops, 0))"
    }

    /// A stream's limit is how fast its weights are read.
    private static func bandwidth(_ result: BenchmarkResult) -> String? {
        guard let rate = result.more["gigabytes_per_second"]?.doubleValue,
            let peak = result.more["peak_gigabytes_per_second"]?.doubleValue
        else { return nil }
        return "weights at \(Format.fixed(rate, 0)) GB/s, "
            + "\(Format.fixed(100 * rate / peak, 0)) % of \(Format.fixed(peak, 0))"
    }

    private static func lines(_ result: BenchmarkResult) -> String {
        var lines = [title(result), speed(result)]
        if let bandwidth = bandwidth(result) { lines.append(bandwidth) }
        if let rate = result.more["tokens_per_second"]?.doubleValue {
            lines.append("\(Format.count(rate)) tokens/s")
        }
        if let other = result.more["openblas_ms"]?.doubleValue {
            let ratio = other / result.timing.median
            lines.append("OpenBLAS: \(time(other)), ratio \(Format.fixed(ratio, 2))")
        }
        let rate = Format.fixed(result.machine.instructionsPerNanosecond, 0)
        lines.append("\(rate) instructions a nanosecond and core")
        return lines.joined(separator: "\n")
    }

    private static func time(_ milliseconds: Double) -> String {
        milliseconds < 0.1
            ? "\(Format.fixed(milliseconds * 1e3, 2)) µs" : "\(Format.fixed(milliseconds, 3)) ms"
    }
}
