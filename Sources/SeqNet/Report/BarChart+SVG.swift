extension BarChart {
    /// Pixels that a bar and the gap below it need at least, for its label to be read.
    private static let leastRow = 18.0
    private static let top = 44.0, bottom = 16.0

    /// The chart as a self-contained SVG document, readable on light and on dark ground.
    /// - Parameters:
    ///   - width: in pixels, at least 240.
    ///   - height: in pixels; many values make the picture as high as they need.
    public func svg(width: Int = 720, height: Int = 420) -> String {
        let width = max(240, width)
        let needed = Self.top + Self.bottom + Self.leastRow * Double(max(1, values.count))
        let height = max(height, Int(needed.rounded(.up)))
        let texts = values.map(text)
        let left = 24 + Self.textWidth(labels), right = 24 + Self.textWidth(texts)
        let full = max(40, Double(width) - left - right)
        var document = SVGDocument(title: title, width: width, height: height, left: 16)
        let row = (Double(height) - Self.top - Self.bottom) / Double(max(1, values.count))
        // A bar of few values is no slab.
        let thickness = min(row * 0.7, 40)
        for index in values.indices {
            let middle = Self.top + row * (Double(index) + 0.5), y = middle - thickness / 2
            document.addText(labels[index], x: left - 8, y: middle + 4.5, anchor: .end)
            document.addRectangle(x: left, y: y, width: full, height: thickness)
            document.addRectangle(
                x: left, y: y, width: full * share(values[index]), height: thickness, colour: 0)
            document.addText(
                texts[index], x: Double(width) - 16, y: middle + 4.5, anchor: .end)
        }
        if values.isEmpty {
            document.addText(
                "no data", x: Double(width) / 2, y: Double(height) / 2, anchor: .middle)
        }
        return document.text
    }

    private static func textWidth(_ texts: [String]) -> Double {
        SVGDocument.characterWidth * Double(texts.map(\.count).max() ?? 0)
    }
}
