extension BarChart {
    private static let eighths: [Character] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

    /// The title, and a line for each value: label, bar, value.
    /// - Parameter width: characters of a full bar, at least 1.
    public func terminal(width: Int = 50) -> String {
        let names = labels.map(Format.printable), texts = values.map(text)
        let margin = names.map(\.count).max() ?? 0
        let textWidth = texts.map(\.count).max() ?? 0
        let lines = values.indices.map { index in
            String(repeating: " ", count: margin - names[index].count) + names[index] + " "
                + Self.bar(share(values[index]), max(1, width)) + " "
                + String(repeating: " ", count: textWidth - texts[index].count) + texts[index]
        }
        return ([Format.printable(title)] + lines).joined(separator: "\n") + "\n"
    }

    private static func bar(_ share: Double, _ width: Int) -> String {
        let units = Int((share * Double(width) * 8).rounded())
        let full = String(repeating: "█", count: units / 8)
        let part = units % 8 == 0 ? "" : String(eighths[units % 8])
        return full + part + String(repeating: " ", count: width - full.count - part.count)
    }
}
