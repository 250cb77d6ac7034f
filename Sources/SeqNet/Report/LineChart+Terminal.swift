extension LineChart {
    /// The chart in braille dots, with axes. Of several curves each ends in a letter, which the
    /// legend explains.
    /// - Parameters:
    ///   - width: columns of the whole chart, at least 30.
    ///   - height: lines of the plot itself, at least 4.
    public func terminal(width: Int = 72, height: Int = 16) -> String {
        let width = max(30, width), rows = max(4, height)
        let x = xAxis(most: 6), y = yAxis(most: max(3, rows / 3))
        let margin = (y.labels.map(\.count).max() ?? 0) + 2
        let canvas = plot(x, y, columns: width - margin - 2, rows: rows)
        var lines = [Format.printable(title), Format.printable(yLabel)]
        let labels = Dictionary(
            zip(y.ticks.map { canvas.row(y.position($0)) }, y.labels), uniquingKeysWith: { $1 })
        for (row, dots) in canvas.lines.enumerated() {
            let label = labels[row] ?? ""
            lines.append(
                String(repeating: " ", count: margin - 1 - label.count) + label
                    + (labels[row] == nil ? "│" : "┤") + dots)
        }
        lines += xAxisLines(x, canvas, margin: margin)
        lines += legend(margin: margin, width: width)
        return lines.map(Self.withoutTrailingBlanks).joined(separator: "\n") + "\n"
    }

    private func plot(_ x: Axis, _ y: Axis, columns: Int, rows: Int) -> BrailleCanvas {
        var canvas = BrailleCanvas(columns: columns, rows: rows)
        for (index, one) in series.enumerated() {
            let cells = canvas.curve(
                one.points.map { (x: x.position($0.x), y: y.position($0.y)) })
            if series.count > 1 {
                canvas.mark(Self.mark(index), lastOf: cells)
            } else if one.points.count == 1 {
                canvas.mark("●", lastOf: cells)
            }
        }
        return canvas
    }

    private func xAxisLines(_ x: Axis, _ canvas: BrailleCanvas, margin: Int) -> [String] {
        var rule = Array(repeating: Character("─"), count: canvas.columns)
        var labels = Array(repeating: Character(" "), count: margin + canvas.columns + 2)
        var free = 0
        for (tick, label) in zip(x.ticks, x.labels) {
            let column = canvas.column(x.position(tick))
            rule[column] = "┬"
            let middle = margin + column - label.count / 2
            let start = min(max(0, middle), labels.count - label.count)
            guard start >= free else { continue }
            labels.replaceSubrange(start..<start + label.count, with: label)
            free = start + label.count + 1
        }
        let name = isEmpty ? "no data" : Format.printable(xLabel)
        let indent = margin + max(0, (canvas.columns - name.count) / 2)
        return [
            String(repeating: " ", count: margin - 1) + "└" + String(rule), String(labels),
            String(repeating: " ", count: indent) + name,
        ]
    }

    /// The names of several curves, on as many lines as they need.
    private func legend(margin: Int, width: Int) -> [String] {
        guard series.count > 1 else { return [] }
        let indent = String(repeating: " ", count: margin)
        var lines: [String] = []
        for (index, one) in series.enumerated() {
            let entry = "\(Self.mark(index)) \(Format.printable(one.name))"
            if let last = lines.last, last.count + 3 + entry.count <= width {
                lines[lines.count - 1] += "   " + entry
            } else {
                lines.append(indent + entry)
            }
        }
        return lines
    }

    /// The mark of a series: a, b, c …
    private static func mark(_ index: Int) -> Character {
        Character(UnicodeScalar(UInt8(ascii: "a") + UInt8(index % 26)))
    }

    private static func withoutTrailingBlanks(_ line: String) -> String {
        String(line.reversed().drop { $0 == " " || $0 == "\u{2800}" }.reversed())
    }
}
