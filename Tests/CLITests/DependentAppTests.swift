import Foundation
import Testing

/// An app that depends on this package by a version tag, through a local git URL.
///
/// SwiftPM checks the package out below `checkouts`, where the manifest leaves the unsafe flags
/// out; with them it would refuse the dependency.
@Suite(.serialized) struct DependentAppTests {
    private let folder: CLIFolder

    init() throws {
        folder = try TinyTraining.trained()
    }

    @Test(.timeLimit(.minutes(10)))
    func withAndWithoutThreadsItSamplesTheSameText() throws {
        try publishPackage(version: "1.0.0")
        try writeApp()

        let plain = try buildAndRun()
        #expect(plain.hasThreads == "false")
        #expect(plain.twoThreads.hasPrefix("usage threads: 2 asked for"))
        #expect(plain.text.utf8.count >= 200)

        let threaded = try buildAndRun("-Xcc", "-fopenmp")
        #expect(threaded.hasThreads == "true")
        #expect(threaded.twoThreads == "granted 2")
        #expect(threaded.text == plain.text)
    }

    /// The package's files in a git repository of their own, with a version tag.
    private func publishPackage(version: String) throws {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let repository = URL(fileURLWithPath: folder.path + "/SeqNet")
        try FileManager.default.createDirectory(at: repository, withIntermediateDirectories: true)
        for name in ["Package.swift", "Sources", "Tests"] {
            try FileManager.default.copyItem(
                at: root.appendingPathComponent(name), to: repository.appendingPathComponent(name))
        }
        let options = [
            "-C", repository.path, "-c", "user.name=Test", "-c", "user.email=test@example.org",
            "-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false",
        ]
        try run("git", options + ["init", "--quiet"])
        try run("git", options + ["add", "--all", "--force"])
        try run("git", options + ["commit", "--quiet", "--message", "Version \(version)"])
        try run("git", options + ["tag", version])
    }

    private func writeApp() throws {
        try FileManager.default.createDirectory(
            atPath: folder.path + "/App/Sources/App", withIntermediateDirectories: true)
        try folder.write(
            """
            // swift-tools-version: 6.0
            import PackageDescription

            let package = Package(
                name: "App",
                platforms: [.macOS(.v13)],
                dependencies: [.package(url: "file://\(folder.path)/SeqNet", from: "1.0.0")],
                targets: [
                    .executableTarget(
                        name: "App", dependencies: [.product(name: "SeqNet", package: "SeqNet")])
                ]
            )
            """, to: "App/Package.swift")
        try folder.write(
            """
            import SeqNet

            print(KernelContext.hasThreads)
            do {
                print("granted", try KernelContext(threads: 2).threads)
            } catch let error as SeqNetError {
                print(error.kind, error.message)
            }
            let context = try KernelContext()
            let model = try LanguageModel(contentsOf: CommandLine.arguments[1], context)
            try TextGenerator(model, context).generate(prompt: "line", length: 200, seed: 7) {
                print($0, terminator: "")
            }
            """, to: "App/Sources/App/main.swift")
    }

    /// What the app prints: a line each for `hasThreads` and for two threads, then the sample.
    private struct Answer {
        let hasThreads, twoThreads, text: String
    }

    private func buildAndRun(_ flags: String...) throws -> Answer {
        // `make SWIFT=…` exports the variable.
        let swift = ProcessInfo.processInfo.environment["SWIFT"] ?? "swift"
        let build = ["build", "--package-path", "App", "--cache-path", "cache"]
        try run(swift, build + ["--manifest-cache", "local"] + flags)
        let path = folder.path + "/App/.build/debug/App"
        let outcome = try SeqNetProcess.run(["run"], in: folder, program: path)
        #expect(outcome.status == 0, "\(outcome.error)")
        let lines = outcome.output.split(
            separator: "\n", maxSplits: 2, omittingEmptySubsequences: false)
        try #require(lines.count == 3)
        return Answer(
            hasThreads: String(lines[0]), twoThreads: String(lines[1]), text: String(lines[2]))
    }

    /// Runs a program of the `PATH`, which must succeed.
    private func run(_ program: String, _ arguments: [String]) throws {
        let outcome = try SeqNetProcess.run(
            [program] + arguments, in: folder, program: "/usr/bin/env")
        try #require(
            outcome.status == 0, "\(program) \(arguments): \(outcome.output)\(outcome.error)")
    }
}
