import Foundation
import SeqNet
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

struct SVGTests {
    private static let hostile = "a<b> & \"c\" 'd' ]]> \u{1}\u{FFFE} é語"

    private static let coordinates = [["x", "x1", "x2", "cx"], ["y", "y1", "y2", "cy"]]

    private static func chart(_ curves: Int, points: Int, name: String = "curve") -> LineChart {
        LineChart(
            title: hostile, xLabel: hostile, yLabel: hostile,
            series: (0..<curves).map { curve in
                .init(
                    name: "\(name) \(curve)",
                    points: (0..<points).map { (x: Double($0), y: Double($0 * curve)) })
            })
    }

    @Test(arguments: [(0, 0), (1, 1), (1, 100), (3, 5), (20, 2)])
    func aLineChartIsWellFormed(_ curves: Int, _ points: Int) throws {
        let elements = try elements(Self.chart(curves, points: points, name: Self.hostile).svg())
        #expect(elements.first?.name == "svg")
        let legend = curves > 1 ? curves : 0
        #expect(
            elements.count { $0.name == "polyline" } == legend + (points > 1 ? curves : 0))
        #expect(!elements.contains { $0.name == "script" })
    }

    @Test(arguments: [0, 1, 40])
    func aBarChartIsWellFormed(_ count: Int) throws {
        let chart = BarChart(
            title: Self.hostile, labels: Array(repeating: Self.hostile, count: count),
            values: Array(repeating: 0.25, count: count), range: 0...1)
        let elements = try elements(chart.svg())
        // The ground, and a track and a bar for each value.
        #expect(elements.count { $0.name == "rect" } == 1 + 2 * count)
        let widths = elements.filter { $0.name == "rect" }.dropFirst()
            .compactMap { Double($0.attributes["width"] ?? "") }
        for pair in stride(from: 0, to: widths.count, by: 2) {
            #expect(abs(widths[pair + 1] - widths[pair] / 4) < 0.1)
        }
    }

    @Test func textArrivesAsItIs() throws {
        let expected = "a<b> & \"c\" 'd' ]]> \u{FFFD}\u{FFFD} é語"
        let elements = try elements(Self.chart(1, points: 2).svg())
        #expect(elements.count { $0.name == "text" && $0.text == expected } == 3)
        #expect(elements[0].attributes["aria-label"] == expected)
    }

    @Test(arguments: [(720, 420), (0, 0), (300, 200), (1200, 300)])
    func everythingLiesWithinThePicture(_ width: Int, _ height: Int) throws {
        for svg in [
            Self.chart(20, points: 9).svg(width: width, height: height),
            BarChart(
                title: "t", labels: (0..<30).map { "label \($0)" },
                values: (0..<30).map(Double.init), range: 0...20
            ).svg(width: width, height: height),
        ] {
            let elements = try elements(svg)
            let size = try #require(elements[0].attributes["viewBox"])
                .split(separator: " ").compactMap { Double($0) }
            for element in elements.dropFirst() {
                for (names, limit) in zip(Self.coordinates, size[2...]) {
                    let places = names.compactMap { element.attributes[$0].flatMap(Double.init) }
                    #expect(places.allSatisfy { (0...limit).contains($0) }, "\(element)")
                }
            }
        }
    }

    @Test func coloursChangeFromCurveToCurve() throws {
        let elements = try elements(Self.chart(9, points: 2).svg())
        let curves = elements.filter { $0.name == "polyline" }.prefix(9)
        let styles = curves.map { curve in
            ["stroke", "stroke-dasharray"].map { curve.attributes[$0] ?? "" }
        }
        #expect(Set(styles).count == 9)
    }

    @Test func rulesForTheGroundTouchThePictureAlone() throws {
        let elements = try elements(Self.chart(1, points: 2).svg())
        let style = try #require(elements.first { $0.name == "style" }).text
        for rule in style.replacing("@media (prefers-color-scheme: dark) {", with: "")
            .split(separator: "}") where rule.contains("{") {
            #expect(rule.contains(".seqnet-chart "))
        }
        #expect(style.contains("prefers-color-scheme: dark"))
    }

    private func elements(_ svg: String) throws -> [Element] {
        let parser = XMLParser(data: Data(svg.utf8)), reader = ElementReader()
        parser.delegate = reader
        try #require(parser.parse(), "\(String(describing: parser.parserError)): \(svg)")
        return reader.elements
    }

    private struct Element {
        let name: String
        let attributes: [String: String]
        var text = ""
    }

    private final class ElementReader: NSObject, XMLParserDelegate {
        var elements: [Element] = []
        /// Whether the last element can have text of its own: it has not ended.
        private var isOpen = false

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
            qualifiedName: String?, attributes: [String: String]
        ) {
            elements.append(Element(name: name, attributes: attributes))
            isOpen = true
        }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
            qualifiedName: String?
        ) {
            isOpen = false
        }

        func parser(_ parser: XMLParser, foundCharacters text: String) {
            if isOpen { elements[elements.count - 1].text += text }
        }
    }
}
