@testable import SeqNet
import Testing

struct FormatTests {
    @Test(arguments: [
        (1.4629, 2, "1.46"), (0.005, 2, "0.01"), (-0.5, 0, "-1"), (-0.001, 2, "0.00"),
        (2, 0, "2"), (12.3, 3, "12.300"), (0.05, 1, "0.1"), (1e20, 1, "1e+20"),
        (.infinity, 1, "inf"), (0, 15, "0.000000000000000"),
    ])
    func fixed(_ value: Double, _ digits: Int, _ expected: String) {
        #expect(Format.fixed(value, digits) == expected)
    }

    @Test(arguments: [
        (0, "0"), (950, "950"), (999.4, "999"), (999.6, "1.00k"), (1_234, "1.23k"),
        (12_345, "12.3k"), (99_960, "100k"), (999_499, "999k"), (999_600, "1.00M"),
        (4_560_000, "4.56M"), (7_890_000_000, "7.89G"), (1e13, "10000G"), (-1_500, "-1.50k"),
        (.infinity, "inf"),
    ])
    func count(_ value: Double, _ expected: String) {
        #expect(Format.count(value) == expected)
    }

    @Test(arguments: [
        (0, "0.0s"), (3.21, "3.2s"), (59.94, "59.9s"), (59.96, "1m 00s"), (65, "1m 05s"),
        (3599.4, "59m 59s"), (3599.6, "1h 00m"), (7_380, "2h 03m"), (360_000, "100h 00m"),
        (-1, "-"), (.infinity, "-"), (1e12, "-"),
    ])
    func duration(_ seconds: Double, _ expected: String) {
        #expect(Format.duration(seconds) == expected)
    }

    @Test func whatIsNoNumberIsNoDuration() {
        #expect(Format.duration(.nan) == "-")
        #expect(Format.count(.nan) == "nan")
    }

    @Test(arguments: [
        (2e-5, -5, "2e-5"), (2.5e-5, -6, "2.5e-5"), (1e-13, -13, "1e-13"), (1e6, 5, "1.0e6"),
        (-1.05e6, 4, "-1.05e6"), (0, 3, "0"), (1, 0, "1e0"),
    ])
    func scientific(_ value: Double, _ lastDigit: Int, _ expected: String) {
        #expect(Format.scientific(value, lastDigit: lastDigit) == expected)
    }

    @Test func printableTextSteersNoTerminal() {
        #expect(
            Format.printable("a\u{1B}[2Jb\n\u{9B}\u{FFFE}é語")
                == "a\u{FFFD}[2Jb\u{FFFD}\u{FFFD}\u{FFFD}é語")
    }
}
