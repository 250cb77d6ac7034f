import Foundation
import Testing

/// check-tunes on books as models write them.
@Suite struct CheckTunesCommandTests {
    private let folder: CLIFolder

    private static let tune = "M:4/4\nL:1/4\nK:C\nCDEF|GABc|]\n"

    init() throws {
        folder = try CLIFolder()
        try folder.write("X:1\nT:a\n\(Self.tune)", to: "known.abc")
        try folder.write(
            "X:1\n\(Self.tune)\n\nX:2\nM:4/4\nL:1/4\nK:C\ncBA|GFED|CCCC|]\n\n\n"
                + "X:3\nM:4/4\nL:1/4\nK:D\nabcd|DDAA|]\n",
            to: "samples.abc")
    }

    private func run(_ arguments: String...) throws -> ProcessOutcome {
        try SeqNetProcess.run(["check-tunes"] + arguments, in: folder)
    }

    @Test func faultsCopiesAndCountsArePrinted() throws {
        let outcome = try run("samples.abc", "--known", "known.abc")
        #expect(outcome.status == 0 && outcome.error == "", "\(outcome.error)")
        #expect(outcome.output.contains("tune of line 1: copies that of text 'known.abc', line 1"))
        #expect(outcome.output.hasSuffix("3 tunes, 3 sound (100.0 %), 1 copy\n"), "\(outcome.output)")
        try folder.write("X:1\nM:4/4\nL:1/4\nK:C\nCDEF|GA|cccc|]\n", to: "wrong.abc")
        let wrong = try run("samples.abc", "wrong.abc")
        #expect(wrong.output.contains("text 'wrong.abc', tune of line 1: line 5, bar 2: lasts 1/2"))
        #expect(wrong.output.hasSuffix("4 tunes, 3 sound (75.0 %)\n"))
    }

    @Test func theObjectHasTheCounts() throws {
        try folder.write("X:1\nM:4/4\nL:1/4\nK:C\nCDEF|GA|cccc|]\n", to: "wrong.abc")
        let object = try jsonObject(
            run("samples.abc", "wrong.abc", "--known", "known.abc", "--json").output)
        #expect(object["tunes"] as? Int == 4 && object["sound"] as? Int == 3)
        #expect(object["copies"] as? Int == 1)
        let faults = try #require(object["faults"] as? [[String: Any]])
        #expect(faults.count == 1 && faults[0]["line"] as? Int == 1)
        let copied = try #require(object["copied"] as? [[String: Any]])
        #expect(copied.count == 1 && copied[0]["original_file"] as? String == "text 'known.abc'")
        #expect(try jsonObject(run("samples.abc", "--json").output)["copies"] is NSNull)
    }

    @Test func whatIsNoBookIsRefused() throws {
        try folder.write("words\n", to: "words.txt")
        let outcome = try run("words.txt")
        #expect(outcome.status == 65 && outcome.error.contains("words.txt"))
        try folder.write("A title\n\nX:1\n\(Self.tune)", to: "stray.abc")
        let stray = try run("stray.abc")
        #expect(stray.status == 65 && stray.error.contains("line 1: stands before the X:"))
        #expect(try run("missing.abc").status == 66)
    }
}
