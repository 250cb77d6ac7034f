import Foundation
import Testing

/// Help texts are golden: scripts and people rely on names and defaults. After a change on
/// purpose: SEQNET_UPDATE_GOLDEN=1 swift test --filter HelpTests, and read the difference.
@Suite struct HelpTests {
    private static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Golden")

    @Test(arguments: [
        [], ["train"], ["train", "lm"], ["train", "tag"], ["train", "classify"],
        ["train", "generate"], ["train", "translate"], ["train", "forecast"], ["evaluate"],
        ["predict"], ["sample"], ["score"], ["inspect"], ["check-tunes"],
        ["make-data"], ["make-data", "agreement"], ["make-data", "names"], ["make-data", "reviews"],
        ["make-data", "tunes"], ["make-data", "dates"], ["make-data", "waves"], ["bench"],
        ["bench", "rnn"], ["bench", "lm"], ["bench", "gemm"], ["bench", "activations"],
        ["bench", "suite"],
    ])
    func helpIsAsRecorded(_ command: [String]) throws {
        let folder = try CLIFolder()
        let outcome = try SeqNetProcess.run(command + ["--help"], in: folder)
        #expect(outcome.status == 0)
        #expect(outcome.error == "")
        let name = (["help"] + command).joined(separator: "-") + ".txt"
        let file = Self.golden.appendingPathComponent(name)
        if ProcessInfo.processInfo.environment["SEQNET_UPDATE_GOLDEN"] != nil {
            try outcome.output.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == outcome.output)
    }

    @Test func everyOptionShowsItsDefaultOrIsAFlag() throws {
        let folder = try CLIFolder()
        let help = try SeqNetProcess.run(["train", "lm", "--help"], in: folder).output
        // An option begins a line, two blanks before it.
        let options = help.components(separatedBy: "\n  --").dropFirst()
        #expect(options.count > 30)
        for option in options where option.contains("<") && !option.hasPrefix("train ") {
            #expect(option.contains("(default:"), "--\(option)")
        }
    }

    @Test func theVersionNamesInstructionSetAndThreads() throws {
        let folder = try CLIFolder()
        let outcome = try SeqNetProcess.run(
            ["--version"], in: folder, environment: ["SEQNET_ISA": "generic", "OMP_NUM_THREADS": "3"])
        #expect(outcome.output == "seqnet 0.1.0 (generic; OpenMP, 3 threads)\n")
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func completionsAreThere(_ shell: String) throws {
        let folder = try CLIFolder()
        let outcome = try SeqNetProcess.run(["--generate-completion-script", shell], in: folder)
        #expect(outcome.status == 0 && outcome.output.contains("sequence-length"))
    }
}
