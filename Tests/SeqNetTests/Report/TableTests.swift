import SeqNet
import Testing

struct TableTests {
    @Test func alignsTextLeftAndNumbersRight() {
        var table = Table(columns: ["gate", "low", "n"])
        table.addRow(["forget", "0.2 %", "-1"])
        table.addRow(["in", "12.4 %", "-"])
        #expect(
            table.render() == """
                gate       low   n
                ------  ------  --
                forget   0.2 %  -1
                in      12.4 %   -

                """)
    }

    @Test func takesAlignments() {
        var table = Table(columns: ["a", "b"], alignments: [.right, .left])
        table.addRow(["xyz", "1"])
        table.addRow(["x", ""])
        #expect(
            table.render() == """
                  a  b
                ---  -
                xyz  1
                  x

                """)
    }

    @Test func aTableWithoutRowsHasItsHeadings() {
        #expect(Table(columns: ["one", "2"]).render() == "one  2\n---  -\n")
    }

    @Test func cellsDoNotSteerTheTerminal() {
        var table = Table(columns: ["a"])
        table.addRow(["b\u{1B}\n"])
        #expect(table.render() == "a\n---\nb\u{FFFD}\u{FFFD}\n")
    }
}
