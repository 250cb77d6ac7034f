extension LineChart {
    /// The chart in braille dots, with axes and a legend.
    /// - Parameters:
    ///   - width: columns of the whole chart, at least 30.
    ///   - height: lines of the plot itself, at least 4.
    public func terminal(width: Int = 72, height: Int = 16) -> String {
        let x = xAxis(most: 6), y = yAxis(most: max(2, height / 3))
        let labels = y.ticks.map(y.label)
        let margin = (labels.map(\.count).max() ?? 0) + 2
        let columns = max(30, width) - margin - 2, rows = max(4, height)
        var canvas = BrailleCanvas(columns: columns, rows: rows)
        for one in series { draw(one, x, y, &canvas) }
        for (index, one) in series.enumerated() where series.count > 1 {
            guard let last = one.points.last else { continue }
            canvas.put(Self.mark(index), x: x.position(last.x), y: y.position(last.y))
        }
        var lines = [title, yLabel]
        let tickRows = Dictionary(
            zip(y.ticks.map { canvas.row(y.position($0)) }, labels), uniquingKeysWith: { $1 })
        for (row, text) in canvas.lines.enumerated() {
            let label = tickRows[row] ?? ""
            lines.append(
                String(repeating: " ", count: margin - 1 - label.count) + label
                    + (tickRows[row] == nil ? "│" : "┤") + text)
        }
        lines += xAxisLines(x, margin: margin, columns: columns)
        if series.count > 1 {
            lines.append(
                String(repeating: " ", count: margin)
                    + series.indices.map { "\(Self.mark($0)) \(series[$0].name)" }.joined(separator: "   "))
        }
        return lines.map(Self.withoutTrailingBlanks).joined(separator: "\n") + "\n"
    }

    private static func withoutTrailingBlanks(_ line: String) -> String {
        String(line.reversed().drop { $0 == " " || $0 == "\u{2800}" }.reversed())
    }

    private func draw(_ one: Series, _ x: Axis, _ y: Axis, _ canvas: inout BrailleCanvas) {
        var before: (x: Double, y: Double)?
        for point in one.points {
            let here = (x: x.position(point.x), y: y.position(point.y))
            canvas.line(from: before ?? here, to: here)
            before = here
        }
    }

    private func xAxisLines(_ x: Axis, margin: Int, columns: Int) -> [String] {
        var rule = Array(repeating: Character("─"), count: columns)
        var labels = Array(repeating: Character(" "), count: margin + columns + 2)
        var free = 0
        for tick in x.ticks {
            let column = min(columns - 1, Int(x.position(tick) * Double(columns)))
            rule[column] = "┬"
            let text = x.label(tick), start = max(0, margin + column - text.count / 2)
            guard start >= free, start + text.count <= labels.count else { continue }
            labels.replaceSubrange(start..<start + text.count, with: text)
            free = start + text.count + 1
        }
        let indent = String(repeating: " ", count: margin + max(0, (columns - xLabel.count) / 2))
        return [
            String(repeating: " ", count: margin - 1) + "└" + String(rule), String(labels),
            indent + xLabel,
        ]
    }
}
