import SeqNet
import Testing

struct LineChartTests {
    private func chart(
        _ series: [LineChart.Series], logarithmicY: Bool = false
    ) -> LineChart {
        LineChart(
            title: "Loss", xLabel: "epoch", yLabel: "nats", logarithmicY: logarithmicY,
            series: series)
    }

    private func series(_ name: String, _ values: [Double]) -> LineChart.Series {
        .init(name: name, points: values.enumerated().map { (x: Double($0), y: $1) })
    }

    /// Whether there is any dot.
    private func hasCurve(_ text: String) -> Bool {
        text.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) }
    }

    @Test func drawsTwoCurvesWithALegend() {
        let text = chart([series("training", [4, 2, 1, 0]), series("validation", [4, 3, 2, 2])])
            .terminal(width: 32, height: 6)
        #expect(
            text == """
                Loss
                nats
                 4┤⠙⠲⢦⠤⣀⡀
                  │⠀⠀⠀⠉⠢⢌⡉⠒⠢⠤⣀⣀
                 2┤⠀⠀⠀⠀⠀⠀⠈⠒⠤⣀⠀⠀⠉⠑⠒⠤⠤⣀⣀⣀⣀⣀⣀⣀⣀⣀b
                  │⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠉⠑⠒⠤⣀⡀
                  │⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠈⠉⠒⠢⠤⣀⡀
                 0┤⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠈⠉⠒⠢⠤a
                  └┬────────┬───────┬────────┬
                   0        1       2        3
                              epoch
                   a training   b validation

                """)
    }

    @Test func drawsOneCurveWithoutALegend() {
        let text = chart([series("training", [0, 1])]).terminal(width: 30, height: 4)
        #expect(
            text == """
                Loss
                nats
                 1.0┤⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⢀⣀⠤⠔⠒⠉
                 0.5┤⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⢀⣀⠤⠔⠒⠉⠁
                    │⠀⠀⠀⠀⠀⢀⣀⠤⠔⠒⠉⠁
                 0.0┤⣀⠤⠔⠒⠉⠁
                    └┬─────────────────────┬
                     0                     1
                              epoch

                """)
    }

    @Test func drawsALonePointAsADot() {
        #expect(chart([series("a", [1])]).terminal().contains("●"))
    }

    @Test func saysThatThereIsNothingToDraw() {
        for chart in [
            chart([]), chart([series("a", [])]), chart([series("a", [.nan, .infinity])]),
            chart([series("a", [0, -1])], logarithmicY: true),
        ] {
            #expect(chart.terminal().contains("no data"))
            #expect(!hasCurve(chart.terminal()))
            #expect(chart.svg().contains("no data"))
        }
    }

    @Test func leavesOutWhatCannotBeDrawn() {
        let clean = LineChart.Series(name: "a", points: [(x: 0, y: 1), (x: 3, y: 4)])
        let dirty = LineChart.Series(
            name: "a",
            points: [
                (x: 0, y: 1), (x: 1, y: .nan), (x: .infinity, y: 2), (x: 2, y: -.infinity),
                (x: 3, y: 4),
            ])
        #expect(chart([dirty]).terminal() == chart([clean]).terminal())
        #expect(chart([dirty]).svg() == chart([clean]).svg())
        let zero = LineChart.Series(name: "a", points: clean.points + [(x: 9, y: 0), (x: 9, y: -1)])
        #expect(
            chart([zero], logarithmicY: true).svg() == chart([clean], logarithmicY: true).svg())
    }

    @Test func curvesThatEndTogetherBothShowTheirMarks() {
        let same = [1.0, 2, 3]
        let text = chart([series("first", same), series("second", same)]).terminal()
        let plot = text.split(separator: "\n").filter { $0.contains("│") || $0.contains("┤") }
        #expect(plot.contains { $0.contains("a") } && plot.contains { $0.contains("b") })
    }

    @Test(arguments: [0, 30, 31, 72, 200], [0, 4, 16, 40])
    func fitsTheWidthAndHeight(_ width: Int, _ height: Int) {
        let many = (0..<9).map { series("curve number \($0)", [1, Double($0), 3e-7]) }
        let lines = chart(many).terminal(width: width, height: height)
            .split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { $0.count <= max(30, width) })
        let plot = lines.filter { $0.contains("│") || $0.contains("┤") }
        #expect(plot.count == max(4, height))
    }

    @Test func drawsOneValueAgainAndAgain() {
        let text = chart([series("a", [3, 3, 3])], logarithmicY: true).terminal(height: 8)
        let rows = text.split(separator: "\n").filter { hasCurve(String($0)) }
        #expect(rows.count == 1)
        #expect(hasCurve(chart([series("a", [0, 0, 0])]).terminal()))
    }

    @Test func namesDoNotSteerTheTerminal() {
        let series = [series("\u{1B}[2J", [1]), series("b\n", [2])]
        let text = LineChart(
            title: "\u{7}", xLabel: "\u{1B}", yLabel: "\r", series: series
        ).terminal()
        let controls = text.unicodeScalars.filter { $0.properties.generalCategory == .control }
        #expect(controls.allSatisfy { $0 == "\n" })
    }
}
