import SeqNet
import Testing

struct BarChartTests {
    @Test func drawsBarsOfShares() {
        let chart = BarChart(
            title: "Accuracy", labels: ["1", "20", "é"], values: [1, 0.5625, 0], range: 0...1)
        #expect(
            chart.terminal(width: 8) == """
                Accuracy
                 1 ████████ 100.0 %
                20 ████▌     56.3 %
                 é            0.0 %

                """)
    }

    @Test func keepsBarsWithinTheirRange() {
        let chart = BarChart(
            title: "t", labels: ["a", "b", "c", "d"], values: [-3, 30, .nan, .infinity],
            range: 10...20)
        #expect(
            chart.terminal(width: 4) == """
                t
                a      -3.00
                b ████ 30.00
                c          -
                d ████     -

                """)
    }

    @Test func drawsNothingOfNothing() {
        let chart = BarChart(title: "t", labels: [], values: [], range: 0...1)
        #expect(chart.terminal() == "t\n")
        #expect(chart.svg().contains("no data"))
    }

    @Test func labelsDoNotSteerTheTerminal() {
        let chart = BarChart(title: "\u{1B}c", labels: ["\u{1B}[31m"], values: [1], range: 0...1)
        #expect(chart.terminal(width: 1) == "\u{FFFD}c\n\u{FFFD}[31m █ 100.0 %\n")
    }
}
