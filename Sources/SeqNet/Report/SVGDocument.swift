/// A picture in SVG 1.1 that needs nothing but itself: no script, no font, no style of others.
/// Its rules for light and dark ground touch only itself when it stands within a page.
struct SVGDocument {
    /// Colours that people with a colour-vision deficiency tell apart (Okabe & Ito 2008), and
    /// that stand out on white and on black.
    static let colours = [
        "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c8c8c",
    ]
    /// Pixels that a character of plain text is wide, on the safe side of most fonts.
    static let characterWidth = 7.5

    /// Where a text is fixed at its position.
    enum Anchor: String {
        case start, middle, end
    }

    private var parts: [String]

    /// - Parameters:
    ///   - title: stands at the top left, from `left` on, and is read out to the blind.
    ///   - width, height: in pixels.
    init(title: String, width: Int, height: Int, left: Double) {
        parts = [
            """
            <svg xmlns="http://www.w3.org/2000/svg" class="seqnet-chart" \
            viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" \
            font-family="system-ui, sans-serif" font-size="13" role="img" \
            aria-label="\(Self.escaped(title))">
            <style>
            .seqnet-chart text { fill: #222 } .seqnet-chart .ground { fill: #fff }
            .seqnet-chart .grid { stroke: #ddd } .seqnet-chart .axis { stroke: #555 }
            .seqnet-chart .track { fill: #eee }
            @media (prefers-color-scheme: dark) {
            .seqnet-chart text { fill: #ddd } .seqnet-chart .ground { fill: #161616 }
            .seqnet-chart .grid { stroke: #444 } .seqnet-chart .axis { stroke: #aaa }
            .seqnet-chart .track { fill: #2a2a2a } }
            </style>
            <rect class="ground" width="100%" height="100%"/>
            """
        ]
        parts.append(
            "<text x=\"\(Self.pixels(left))\" y=\"26\" font-size=\"16\" font-weight=\"600\">"
                + "\(Self.escaped(title))</text>")
    }

    /// The whole document.
    var text: String { (parts + ["</svg>"]).joined(separator: "\n") + "\n" }

    mutating func addText(_ content: String, x: Double, y: Double, anchor: Anchor = .start) {
        parts.append(
            "<text x=\"\(Self.pixels(x))\" y=\"\(Self.pixels(y))\" "
                + "text-anchor=\"\(anchor.rawValue)\">\(Self.escaped(content))</text>")
    }

    /// A text that runs upwards, its middle at the position.
    mutating func addUpwardText(_ content: String, x: Double, y: Double) {
        let (x, y) = (Self.pixels(x), Self.pixels(y))
        parts.append(
            "<text x=\"\(x)\" y=\"\(y)\" text-anchor=\"middle\" "
                + "transform=\"rotate(-90 \(x) \(y))\">\(Self.escaped(content))</text>")
    }

    /// A line of the ground's style: `grid` or `axis`.
    mutating func addLine(
        style: String, from: (x: Double, y: Double), to: (x: Double, y: Double)
    ) {
        parts.append(
            "<line class=\"\(style)\" x1=\"\(Self.pixels(from.x))\" x2=\"\(Self.pixels(to.x))\" "
                + "y1=\"\(Self.pixels(from.y))\" y2=\"\(Self.pixels(to.y))\"/>")
    }

    /// Straight lines from point to point in the colour of a number; when the colours are used
    /// up, they come again with dashes.
    mutating func addCurve(_ points: [(x: Double, y: Double)], colour index: Int) {
        let dashes = index / Self.colours.count
        let style = dashes == 0 ? "" : " stroke-dasharray=\"\(8 / dashes + 1) 4\""
        let places = points.map { "\(Self.pixels($0.x)),\(Self.pixels($0.y))" }
        parts.append(
            "<polyline fill=\"none\" stroke=\"\(Self.colour(index))\" stroke-width=\"2.5\" "
                + "stroke-linejoin=\"round\"\(style) points=\"\(places.joined(separator: " "))\"/>")
    }

    mutating func addDot(x: Double, y: Double, colour index: Int) {
        parts.append(
            "<circle cx=\"\(Self.pixels(x))\" cy=\"\(Self.pixels(y))\" r=\"3.5\" "
                + "fill=\"\(Self.colour(index))\"/>")
    }

    /// A filled rectangle, in the colour of a number, or without one in that of a bar's track.
    mutating func addRectangle(
        x: Double, y: Double, width: Double, height: Double, colour index: Int? = nil
    ) {
        let fill = index.map { "fill=\"\(Self.colour($0))\"" } ?? "class=\"track\""
        parts.append(
            "<rect \(fill) x=\"\(Self.pixels(x))\" y=\"\(Self.pixels(y))\" "
                + "width=\"\(Self.pixels(width))\" height=\"\(Self.pixels(height))\"/>")
    }

    private static func colour(_ index: Int) -> String { colours[index % colours.count] }

    /// A tenth of a pixel is finer than anyone sees.
    private static func pixels(_ value: Double) -> String { Format.fixed(value, 1) }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in Format.printable(text).unicodeScalars {
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
