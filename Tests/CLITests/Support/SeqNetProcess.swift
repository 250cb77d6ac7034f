import Foundation
import Testing

/// The outcome of a finished process.
struct ProcessOutcome {
    let status: Int32
    let output: String
    let error: String
}

/// Runs the program that this build made.
enum SeqNetProcess {
    /// The binary lies beside the test bundle.
    static let path: String = {
        let tests = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let beside = tests.appendingPathComponent("seqnet").path
        if FileManager.default.isExecutableFile(atPath: beside) { return beside }
        // macOS: …/seqnet beside …/SeqNetPackageTests.xctest/Contents/MacOS/…
        return Bundle.allBundles.map(\.bundleURL).filter { $0.pathExtension == "xctest" }
            .map { $0.deletingLastPathComponent().appendingPathComponent("seqnet").path }
            .first { FileManager.default.isExecutableFile(atPath: $0) } ?? beside
    }()

    /// Starts the program without waiting; stdout and stderr go to files, or stderr (and stdout
    /// with `outputToo`) to a terminal.
    static func start(
        _ arguments: [String], in folder: CLIFolder, input: String? = nil, program: String = path,
        environment: [String: String] = [:], terminal: FileHandle? = nil,
        outputToo: Bool = false
    ) throws -> RunningProcess {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.environment = ProcessInfo.processInfo.environment
            .merging(["COLUMNS": "80"], uniquingKeysWith: { $1 })
            .merging(environment, uniquingKeysWith: { $1 })
        let name = UUID().uuidString
        let output = try folder.newFile("\(name).out"), error = try folder.newFile("\(name).err")
        process.standardOutput = outputToo ? terminal : output.handle
        process.standardError = terminal ?? error.handle
        let stdin = try folder.newFile("\(name).in", content: input ?? "")
        process.standardInput = stdin.handle
        try process.run()
        return RunningProcess(process: process, output: output.url, error: error.url)
    }

    /// Runs the program to its end.
    static func run(
        _ arguments: [String], in folder: CLIFolder, input: String? = nil, program: String = path,
        environment: [String: String] = [:]
    ) throws -> ProcessOutcome {
        try start(arguments, in: folder, input: input, program: program, environment: environment)
            .finish()
    }
}

/// A process that was started.
struct RunningProcess {
    let process: Process
    let output: URL
    let error: URL

    func finish() throws -> ProcessOutcome {
        process.waitUntilExit()
        let signal = process.terminationReason == .uncaughtSignal ? Int32(128) : 0
        return ProcessOutcome(
            status: signal + process.terminationStatus, output: try text(output),
            error: try text(error))
    }

    /// What it has written to stderr so far.
    func errorSoFar() throws -> String { try text(error) }

    /// Lets other threads run until the condition holds or the process has ended.
    func wait(until condition: () throws -> Bool) rethrows {
        while process.isRunning, try !condition() { usleep(2_000) }
    }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    private func text(_ url: URL) throws -> String {
        String(decoding: try Data(contentsOf: url), as: UTF8.self)
    }
}

/// A folder of its own for a test, removed with all in it when the object goes.
final class CLIFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "/seqnet-cli-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    @discardableResult
    func write(_ content: String, to name: String) throws -> String {
        try write(Array(content.utf8), to: name)
    }

    @discardableResult
    func write(_ bytes: [UInt8], to name: String) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
        return path + "/" + name
    }

    func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)))
    }

    func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path + "/" + name) }

    func newFile(_ name: String, content: String = "") throws -> (url: URL, handle: FileHandle) {
        let url = URL(fileURLWithPath: path + "/" + name)
        try Data(content.utf8).write(to: url)
        return (url, try FileHandle(forUpdating: url))
    }
}
