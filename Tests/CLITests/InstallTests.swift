#if os(Linux)
import Foundation
import Testing

/// `make install`: a program for a machine that has neither Swift nor an OpenMP package.
@Suite struct InstallTests {
    private let folder: CLIFolder

    init() throws {
        folder = try TinyTraining.trained()
    }

    @Test(.timeLimit(.minutes(15)))
    func theInstalledProgramBringsWhatItNeeds() throws {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let swift = ProcessInfo.processInfo.environment["SWIFT"] ?? "swift"
        let prefix = folder.path + "/prefix"
        let script = root.appendingPathComponent("scripts/install.sh").path
        try run("sh", "-c", "cd '\(root.path)' && sh '\(script)' '\(swift)' '\(prefix)'")

        // Every library of the program is the system's C library or one that was installed.
        let libraries = try run("env", "-i", "/usr/bin/ldd", prefix + "/bin/seqnet")
        #expect(!libraries.contains("not found"), "\(libraries)")
        #expect(!libraries.contains("libswift"), "\(libraries)")
        let openMP = libraries.split(separator: "\n").filter { $0.contains("libomp") }
        #expect(openMP.count == 1, "\(libraries)")
        #expect(openMP.allSatisfy { $0.contains("lib/seqnet/libomp") }, "\(libraries)")

        let version = try run("env", "-i", prefix + "/bin/seqnet", "--version")
        #expect(version.contains("OpenMP"), "\(version)")
        let sample = try run(
            "env", "-i", prefix + "/bin/seqnet", "sample", folder.path + "/run", "--length", "20",
            "--seed", "1", "--threads", "2")
        #expect(sample.utf8.count >= 20)
        for path in [
            "share/bash-completion/completions/seqnet", "share/zsh/site-functions/_seqnet",
            "share/fish/vendor_completions.d/seqnet.fish",
        ] {
            #expect(try folder.text("prefix/" + path).contains("seqnet"), "\(path)")
        }
    }

    /// A program of the `PATH` that must succeed; what it prints.
    @discardableResult
    private func run(_ program: String, _ arguments: String...) throws -> String {
        let outcome = try SeqNetProcess.run(
            [program] + arguments, in: folder, program: "/usr/bin/env")
        try #require(
            outcome.status == 0, "\(program) \(arguments): \(outcome.output)\(outcome.error)")
        return outcome.output
    }
}
#endif
