import Foundation
import Testing

/// The commands that documents show.
struct DocumentedCommandsTests {
    /// The shell blocks of a document, joined, as one script.
    private func script(of document: String) throws -> String {
        let root = (0..<3).reduce(URL(fileURLWithPath: #filePath)) { url, _ in
            url.deletingLastPathComponent()
        }
        let text = try String(contentsOf: root.appendingPathComponent(document), encoding: .utf8)
        return text.components(separatedBy: "```sh\n").dropFirst()
            .map { $0.components(separatedBy: "```")[0] }.joined()
    }

    /// Runs the commands of a document, one after another, until one fails.
    private func runCommands(of document: String, atLeast count: Int) throws -> CLIFolder {
        let folder = try CLIFolder()
        let script = try script(of: document)
        #expect(script.components(separatedBy: "seqnet ").count > count)
        let programs = URL(fileURLWithPath: SeqNetProcess.path).deletingLastPathComponent().path
        let outcome = try SeqNetProcess.run(
            ["-e", "-c", script], in: folder, program: "/bin/sh",
            environment: [
                "PATH": programs + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "/bin:/usr/bin")
            ])
        #expect(outcome.status == 0, "\(outcome.error)")
        return folder
    }

    @Test func everyCommandOfTheCourseWorks() throws {
        let folder = try runCommands(of: "docs/course.md", atLeast: 15)
        #expect(folder.exists("gradient.svg"))
        #expect(folder.exists("runs/deep/model.safetensors"))
    }

    @Test func everyCommandOfTheTasksWorks() throws {
        let folder = try runCommands(of: "docs/tasks.md", atLeast: 15)
        for run in ["names", "reviews", "tunes", "dates", "waves"] {
            #expect(folder.exists("runs/\(run)/model.safetensors"))
        }
    }
}
