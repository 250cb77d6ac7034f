extension LineChart {
    /// Curves of at most this many points show the points themselves too.
    private static let mostDots = 24

    /// Pixels above the plot, of the plot at least, below it for the x-axis, of a legend's line.
    private static let top = 50.0, leastPlot = 60.0, axisHeight = 58.0, legendLine = 22.0

    /// Where things stand, in pixels.
    private struct Layout {
        let left: Double
        let top = LineChart.top
        let width: Double
        let height: Double
        let x: Axis
        let y: Axis

        var right: Double { left + width }
        var bottom: Double { top + height }

        func place(_ point: (x: Double, y: Double)) -> (x: Double, y: Double) {
            (left + x.position(point.x) * width, top + (1 - y.position(point.y)) * height)
        }
    }

    /// The chart as a self-contained SVG document, readable on light and on dark ground.
    /// - Parameters:
    ///   - width, height: in pixels, at least 240 × 180, and as high as the legend needs.
    public func svg(width: Int = 720, height: Int = 420) -> String {
        let width = max(240, width)
        let x = xAxis(most: 8), y = yAxis(most: 7)
        let labelWidth = SVGDocument.characterWidth * Double(y.labels.map(\.count).max() ?? 0)
        let left = 44 + labelWidth
        let rows = legendRows(width: Double(width) - left)
        let besides = Self.top + Self.axisHeight + Self.legendLine * Double(rows.count)
        let height = max(180, height, Int(besides + Self.leastPlot))
        let layout = Layout(
            left: left, width: Double(width) - left - 24, height: Double(height) - besides, x: x,
            y: y)
        var document = SVGDocument(title: title, width: width, height: height, left: left)
        addAxes(to: &document, layout)
        for (index, one) in series.enumerated() {
            let places = one.points.map(layout.place)
            if places.count > 1 { document.addCurve(places, colour: index) }
            for place in places where places.count <= Self.mostDots {
                document.addDot(x: place.x, y: place.y, colour: index)
            }
        }
        if isEmpty {
            document.addText(
                "no data", x: left + layout.width / 2, y: layout.top + layout.height / 2,
                anchor: .middle)
        }
        for (row, entries) in rows.enumerated() {
            let y = layout.bottom + Self.axisHeight + 10 + Self.legendLine * Double(row)
            addLegend(entries, to: &document, left: left, y: y)
        }
        return document.text
    }

    private func addAxes(to document: inout SVGDocument, _ layout: Layout) {
        for (tick, label) in zip(layout.y.ticks, layout.y.labels) {
            let y = layout.top + (1 - layout.y.position(tick)) * layout.height
            document.addLine(style: "grid", from: (layout.left, y), to: (layout.right, y))
            document.addText(label, x: layout.left - 8, y: y + 4.5, anchor: .end)
        }
        for (tick, label) in zip(layout.x.ticks, layout.x.labels) {
            let x = layout.left + layout.x.position(tick) * layout.width
            document.addLine(style: "axis", from: (x, layout.bottom), to: (x, layout.bottom + 5))
            document.addText(label, x: x, y: layout.bottom + 20, anchor: .middle)
        }
        document.addLine(
            style: "axis", from: (layout.left, layout.bottom), to: (layout.right, layout.bottom))
        document.addText(
            xLabel, x: layout.left + layout.width / 2, y: layout.bottom + 42, anchor: .middle)
        document.addUpwardText(yLabel, x: 20, y: layout.top + layout.height / 2)
    }

    private static func legendWidth(_ name: String) -> Double {
        46 + SVGDocument.characterWidth * Double(name.count)
    }

    /// The numbers of the series on each line of the legend; one curve needs none.
    private func legendRows(width: Double) -> [[Int]] {
        guard series.count > 1 else { return [] }
        var rows: [[Int]] = [], used = 0.0
        for index in series.indices {
            let needed = Self.legendWidth(series[index].name)
            if rows.isEmpty || used + needed > width {
                rows.append([])
                used = 0
            }
            rows[rows.count - 1].append(index)
            used += needed
        }
        return rows
    }

    private func addLegend(
        _ entries: [Int], to document: inout SVGDocument, left: Double, y: Double
    ) {
        var left = left
        for index in entries {
            document.addCurve([(left, y - 4.5), (left + 24, y - 4.5)], colour: index)
            document.addText(series[index].name, x: left + 30, y: y)
            left += Self.legendWidth(series[index].name)
        }
    }
}
