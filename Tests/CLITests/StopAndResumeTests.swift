import Foundation
import Testing

/// Signals and kills, by real processes.
@Suite(.serialized) struct StopAndResumeTests {
    private let folder: CLIFolder

    init() throws {
        folder = try CLIFolder()
        try folder.write(TinyTraining.text(lines: 1500), to: "text.txt")
    }

    private var arguments: [String] {
        TinyTraining.arguments(out: "run", "--resume", "--json", "--quiet")
    }

    /// With a checkpoint after every update, each of which waits for the disk.
    private var slowly: [String] { arguments + ["--checkpoint-every", "0"] }

    private func expectSameRun(
        _ left: String, _ right: String, location: SourceLocation = #_sourceLocation
    ) throws {
        for file in ["model.safetensors", "last.safetensors", "log.jsonl"] {
            #expect(
                try folder.bytes("\(left)/\(file)") == folder.bytes("\(right)/\(file)"), "\(file)",
                sourceLocation: location)
        }
    }

    private func trainWhole() throws {
        let outcome = try SeqNetProcess.run(
            TinyTraining.arguments(out: "whole", "--quiet", "--threads", "1"), in: folder)
        #expect(outcome.status == 0)
    }

    /// Killed before its first checkpoint a run has its options, and begins anew with them.
    @Test func withoutACheckpointItBeginsAnewWithItsOptions() throws {
        try trainWhole()
        _ = try SeqNetProcess.run(arguments, in: folder)
        for file in ["model.safetensors", "last.safetensors", "log.jsonl"] {
            try FileManager.default.removeItem(atPath: folder.path + "/run/" + file)
        }
        let outcome = try SeqNetProcess.run(
            ["train", "lm", "--resume", "--out", "run", "--quiet"], in: folder)
        #expect(outcome.status == 0, "\(outcome.error)")
        try expectSameRun("run", "whole")
    }

    private func checkpointSize() -> Int {
        let path = folder.path + "/run/last.safetensors"
        return (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }

    /// Kills at moments that differ by chance: whatever they are, the end is the same.
    @Test func killedAgainAndAgainItEndsAsIfNeverStopped() throws {
        try trainWhole()
        var kills = 0
        for delay in [1, 5, 20, 40, 60, 90, 120, 160] {
            let running = try SeqNetProcess.start(slowly, in: folder)
            running.wait { checkpointSize() > 0 }
            usleep(UInt32(delay) * 1000)
            if running.process.isRunning { kills += 1 }
            running.send(SIGKILL)
            _ = try running.finish()
        }
        #expect(kills >= 3)
        #expect(try SeqNetProcess.run(arguments, in: folder).status == 0)
        try expectSameRun("whole", "run")
    }

    @Test func sigtermLeavesACheckpointAndExits143() throws {
        try trainWhole()
        let running = try SeqNetProcess.start(slowly, in: folder)
        running.wait { checkpointSize() > 0 }
        running.send(SIGTERM)
        let outcome = try running.finish()
        #expect(outcome.status == 143)
        #expect(try jsonObject(outcome.output)["stopped_by"] as? String == "terminate")
        #expect(try SeqNetProcess.run(arguments, in: folder).status == 0)
        try expectSameRun("whole", "run")
    }

    @Test func ctrlCEndsWellAndTheRunCanGoOn() throws {
        try trainWhole()
        let running = try SeqNetProcess.start(slowly, in: folder)
        running.wait { checkpointSize() > 0 }
        running.send(SIGINT)
        let outcome = try running.finish()
        #expect(outcome.status == 0)
        let object = try jsonObject(outcome.output)
        #expect(object["stopped_by"] as? String == "interrupt")
        #expect(object["valid"] is [String: Any] && object["test"] is [String: Any])
        let rest = try SeqNetProcess.run(arguments, in: folder)
        #expect(rest.status == 0)
        #expect(try jsonObject(rest.output)["stopped_by"] as? String == "epochs")
        try expectSameRun("whole", "run")
    }

    /// The best model's evaluation takes longer than it takes to press Ctrl-C again.
    @Test func aSecondCtrlCEndsAtOnceAndLosesNothing() throws {
        try folder.write(TinyTraining.text(lines: 20_000), to: "valid.txt")
        let arguments = slowly + ["--valid", "valid.txt"]
        let running = try SeqNetProcess.start(arguments, in: folder)
        running.wait { checkpointSize() > 0 }
        running.wait {
            running.send(SIGINT)
            return false
        }
        let outcome = try running.finish()
        #expect(outcome.status == 130 && outcome.output == "")
        #expect(try SeqNetProcess.run(arguments + ["--max-steps", "1"], in: folder).status == 0)
    }

    @Test func aSecondRunInTheSameFolderIsRefused() throws {
        let running = try SeqNetProcess.start(slowly + ["--epochs", "500"], in: folder)
        running.wait { checkpointSize() > 0 }
        let second = try SeqNetProcess.run(arguments, in: folder)
        #expect(second.status == 73 && second.error.contains("run"))
        running.send(SIGTERM)
        #expect(try running.finish().status == 143)
    }

    @Test func aFinishedRunIsLeftAlone() throws {
        let first = try SeqNetProcess.run(arguments, in: folder)
        let before = try folder.bytes("run/last.safetensors")
        let again = try SeqNetProcess.run(
            TinyTraining.arguments(out: "run", "--resume"), in: folder)
        #expect(first.status == 0 && again.status == 0)
        #expect(again.error.contains("at its end already"))
        #expect(try folder.bytes("run/last.safetensors") == before)
    }

    @Test func otherOptionsAreNamedOnResume() throws {
        #expect(try SeqNetProcess.run(arguments, in: folder).status == 0)
        for (option, value, name) in [
            ("--hidden-size", "32", "--hidden-size 32"), ("--learning-rate", "0.1", "--learning-rate 0.1"),
            ("--tokens", "words", "--tokens \"words\""), ("--seed", "5", "--seed 5"),
        ] {
            let outcome = try SeqNetProcess.run(arguments + [option, value], in: folder)
            #expect(outcome.status == 64 && outcome.error.contains(name), "\(outcome.error)")
        }
        #expect(
            try SeqNetProcess.run(arguments + ["--no-lowercase"], in: folder).status == 0,
            "an option that is the same")
        let more = try SeqNetProcess.run(
            arguments + ["--epochs", "3", "--threads", "1"], in: folder)
        #expect(more.status == 0)
        #expect(try jsonObject(more.output)["epochs"] as? Int == 3)
    }

    @Test func otherDataIsRefusedAndLeavesTheRunAsItWas() throws {
        #expect(try SeqNetProcess.run(arguments, in: folder).status == 0)
        let names = ["config.json", "last.safetensors", "model.safetensors", "log.jsonl"]
        let before = try names.map { try folder.bytes("run/\($0)") }
        try folder.write(TinyTraining.text(lines: 1501), to: "other.txt")
        let outcome = try SeqNetProcess.run(
            ["train", "lm", "--out", "run", "--resume", "--train", "other.txt"], in: folder)
        #expect(outcome.status == 64 && outcome.error.contains("--resume"), "\(outcome.error)")
        #expect(try names.map { try folder.bytes("run/\($0)") } == before)
    }

    @Test func withoutACheckpointOptionsMayDifferFromTheConfigs() throws {
        #expect(try SeqNetProcess.run(arguments, in: folder).status == 0)
        try FileManager.default.removeItem(atPath: folder.path + "/run/last.safetensors")
        let outcome = try SeqNetProcess.run(
            arguments + ["--seed", "5", "--config", "run/config.json"], in: folder)
        #expect(outcome.status == 0, "\(outcome.error)")
    }
}
