import SeqNet
import Testing

struct SparklineTests {
    @Test func goesFromTheLeastToTheGreatest() {
        #expect(Sparkline.render([0, 1, 2, 3, 4, 5, 6, 7]) == "▁▂▃▄▅▆▇█")
        #expect(Sparkline.render([3, 2, 1]) == "█▅▁")
    }

    @Test func leavesABlankForWhatIsNoNumber() {
        #expect(Sparkline.render([1, .nan, 2, .infinity]) == "▁ █ ")
        #expect(Sparkline.render([.nan]) == " ")
    }

    @Test func takesEqualAndFewAndExtremeValues() {
        #expect(Sparkline.render([]) == "")
        #expect(Sparkline.render([5]) == "▁")
        #expect(Sparkline.render([2, 2]) == "▁▁")
        let greatest = Double.greatestFiniteMagnitude
        #expect(Sparkline.render([-greatest, 0, greatest]) == "▁▅█")
    }
}
