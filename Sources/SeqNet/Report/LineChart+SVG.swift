extension LineChart {
    /// Colours that people with a colour-vision deficiency tell apart (Okabe & Ito 2008), and
    /// that stand out on white and on black.
    private static let colours = [
        "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c8c8c",
    ]

    private enum Margin {
        static let left = 74.0, right = 20.0, top = 44.0, bottom = 88.0
    }

    /// The chart as a self-contained SVG document, readable on light and on dark ground.
    /// - Parameters:
    ///   - width, height: in pixels, at least 240 × 180.
    public func svg(width: Int = 720, height: Int = 420) -> String {
        let x = xAxis(most: 8), y = yAxis(most: 7)
        let plot = PlotArea(
            left: Margin.left, top: Margin.top,
            width: Double(max(240, width)) - Margin.left - Margin.right,
            height: Double(max(180, height)) - Margin.top - Margin.bottom)
        var parts = [
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(max(240, width)) \(max(180, height))" \
            font-family="system-ui, sans-serif" font-size="13" role="img" aria-label="\(Self.escaped(title))">
            <style>
            text { fill: #222 } .grid { stroke: #ddd } .axis { stroke: #555 } .ground { fill: #fff }
            @media (prefers-color-scheme: dark) {
            text { fill: #ddd } .grid { stroke: #444 } .axis { stroke: #aaa } .ground { fill: #161616 } }
            </style>
            <rect class="ground" width="100%" height="100%"/>
            """,
            Self.text(title, x: plot.left, y: 26, "font-size=\"16\" font-weight=\"600\""),
        ]
        parts += grid(x, y, plot)
        for (index, one) in series.enumerated() { parts.append(curve(one, index, x, y, plot)) }
        parts += legend(plot)
        return (parts + ["</svg>"]).joined(separator: "\n") + "\n"
    }

    private struct PlotArea {
        let left, top, width, height: Double
        func x(_ position: Double) -> String { Format.fixed(left + position * width, 1) }
        func y(_ position: Double) -> String { Format.fixed(top + (1 - position) * height, 1) }
        var bottom: Double { top + height }
    }

    private func grid(_ x: Axis, _ y: Axis, _ plot: PlotArea) -> [String] {
        var parts: [String] = []
        for tick in y.ticks {
            let at = plot.y(y.position(tick))
            parts.append(
                "<line class=\"grid\" x1=\"\(plot.x(0))\" x2=\"\(plot.x(1))\" y1=\"\(at)\" y2=\"\(at)\"/>")
            parts.append(
                Self.text(
                    y.label(tick), x: plot.left - 8, y: plot.top + (1 - y.position(tick)) * plot.height + 4,
                    "text-anchor=\"end\""))
        }
        for tick in x.ticks {
            parts.append(
                Self.text(
                    x.label(tick), x: plot.left + x.position(tick) * plot.width, y: plot.bottom + 20,
                    "text-anchor=\"middle\""))
        }
        parts.append(
            "<line class=\"axis\" x1=\"\(plot.x(0))\" x2=\"\(plot.x(1))\" y1=\"\(plot.y(0))\" "
                + "y2=\"\(plot.y(0))\"/>")
        parts.append(
            Self.text(
                xLabel, x: plot.left + plot.width / 2, y: plot.bottom + 42, "text-anchor=\"middle\""))
        let middle = Format.fixed(plot.top + plot.height / 2, 1)
        parts.append(
            "<text x=\"18\" y=\"\(middle)\" text-anchor=\"middle\" "
                + "transform=\"rotate(-90 18 \(middle))\">\(Self.escaped(yLabel))</text>")
        return parts
    }

    private func curve(_ one: Series, _ index: Int, _ x: Axis, _ y: Axis, _ plot: PlotArea) -> String {
        let colour = Self.colours[index % Self.colours.count]
        let points = one.points.map { "\(plot.x(x.position($0.x))),\(plot.y(y.position($0.y)))" }
        if points.count == 1, let point = one.points.first {
            return "<circle cx=\"\(plot.x(x.position(point.x)))\" cy=\"\(plot.y(y.position(point.y)))\" "
                + "r=\"4\" fill=\"\(colour)\"/>"
        }
        return "<polyline fill=\"none\" stroke=\"\(colour)\" stroke-width=\"2.5\" "
            + "stroke-linejoin=\"round\" points=\"\(points.joined(separator: " "))\"/>"
    }

    /// A line of names under the x-axis, each behind a dash of its colour.
    private func legend(_ plot: PlotArea) -> [String] {
        guard series.count > 1 else { return [] }
        var left = plot.left
        return series.enumerated().map { index, one in
            let colour = Self.colours[index % Self.colours.count], y = plot.bottom + 70
            // Some 7.5 pixels a character at this size.
            defer { left += 44 + 7.5 * Double(one.name.count) }
            return "<line x1=\"\(Format.fixed(left, 1))\" x2=\"\(Format.fixed(left + 22, 1))\" "
                + "y1=\"\(Format.fixed(y - 4, 1))\" y2=\"\(Format.fixed(y - 4, 1))\" "
                + "stroke=\"\(colour)\" stroke-width=\"3\"/>"
                + Self.text(one.name, x: left + 28, y: y, "")
        }
    }

    private static func text(_ content: String, x: Double, y: Double, _ attributes: String) -> String {
        "<text x=\"\(Format.fixed(x, 1))\" y=\"\(Format.fixed(y, 1))\" \(attributes)>"
            + "\(escaped(content))</text>"
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
