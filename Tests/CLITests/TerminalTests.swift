#if os(Linux)
import Foundation
import Testing

/// What a person sees who trains in a terminal.
@Suite struct TerminalTests {
    private let folder: CLIFolder

    init() throws {
        folder = try CLIFolder()
        try folder.write(TinyTraining.text(lines: 3000), to: "text.txt")
    }

    /// What training writes to a terminal of this width.
    private func train(columns: UInt16, _ more: String...) throws -> String {
        let terminal = try PseudoTerminal(columns: columns)
        let process = try SeqNetProcess.start(
            TinyTraining.arguments() + more, in: folder, terminal: terminal.handle)
        let text = try terminal.text()
        #expect(try process.finish().status == 0)
        return text
    }

    /// The states of the line that is redrawn, each without its control characters.
    private func drawn(_ text: String) -> [Substring] {
        text.components(separatedBy: "\r\u{1B}[K").dropFirst().map {
            $0.prefix { $0 != "\r" && $0 != "\n" && $0 != "\r\n" }
        }
    }

    @Test func aBarIsRedrawnAndRemoved() throws {
        let text = try train(columns: 100)
        let bars = drawn(text).filter { $0.contains("░") || $0.contains("█") }
        try #require(!bars.isEmpty)
        for bar in bars {
            #expect(bar.contains("% "), "\(bar)")
            #expect(bar.contains("loss "), "\(bar)")
            #expect(bar.contains(" tokens/s"), "\(bar)")
            #expect(bar.contains(" left"), "\(bar)")
        }
        // The line is removed before an epoch's own line, and no bar is left at the end.
        #expect(text.contains("\r\u{1B}[Kepoch 1: training loss "))
        let last = text.split(separator: "\r\n").last ?? ""
        #expect(last.hasPrefix("next: seqnet sample"), "\(last)")
    }

    @Test(arguments: [30, 60, 200] as [UInt16])
    func theLineFitsTheTerminal(columns: UInt16) throws {
        let lines = drawn(try train(columns: columns))
            .filter { $0.contains("loss") && !$0.hasPrefix("epoch 1:") && !$0.hasPrefix("epoch 2:") }
        try #require(!lines.isEmpty)
        for line in lines { #expect(line.count < Int(columns), "\(line)") }
    }

    /// Results and errors stand on lines of their own where stdout is the same terminal.
    @Test func whatFollowsTheLineRemovesIt() throws {
        let terminal = try PseudoTerminal(columns: 100)
        let process = try SeqNetProcess.start(
            TinyTraining.arguments(), in: folder, terminal: terminal.handle, outputToo: true)
        let text = try terminal.text()
        #expect(try process.finish().status == 0)
        for line in ["validation: loss ", "test: loss ", "model: run/"] {
            let before = try #require(text.range(of: line)?.lowerBound)
            #expect(text[..<before].hasSuffix("\r\n") || text[..<before].hasSuffix("\u{1B}[K"), "\(line)")
        }
    }

    @Test func quietDrawsNothing() throws {
        #expect(try train(columns: 100, "--quiet") == "")
    }
}
#endif
