import Foundation
import SeqNet
import Testing

@Suite struct RunFolderTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func aNewRunGetsItsFolders() throws {
        let run = try RunFolder.create(at: folder.path("a/b/run/"))
        #expect(run.modelPath == folder.path("a/b/run/") + "model.safetensors")
        #expect(run.checkpointPath.hasSuffix("/last.safetensors"))
        #expect(run.configPath.hasSuffix("/config.json"))
        #expect(run.log.path.hasSuffix("/log.jsonl"))
        #expect(!run.hasCheckpoint)
        try run.writeConfig(["cell": "lstm"])
        #expect(try folder.text(of: "a/b/run/config.json") == "{\n  \"cell\": \"lstm\"\n}\n")
    }

    @Test(arguments: ["model.safetensors", "last.safetensors", "log.jsonl", "config.json"])
    func aFolderThatHoldsARunIsRefusedAndLeftAsItIs(name: String) throws {
        try folder.write("mine", to: name)
        expectSeqNetError(
            .cannotCreate, "folder '\(folder.path)': a run is there already ('\(name)')",
            "--resume", "--overwrite", "--out"
        ) { _ = try RunFolder.create(at: folder.path) }
        #expect(try folder.names() == [name])
        #expect(try folder.text(of: name) == "mine")
    }

    @Test func overwritingRemovesTheRunAndNothingElse() throws {
        let own = ["model.safetensors", "last.safetensors", "log.jsonl", "config.json"]
        let others = ["notes.txt", "report.html", "model.safetensors.bak", "data.jsonl"]
        for name in own + others { try folder.write("x", to: name) }
        let run = try RunFolder.create(at: folder.path, overwrite: true)
        #expect(try folder.names() == (others + [".lock"]).sorted())
        #expect(!run.hasCheckpoint)
    }

    @Test func aFileInTheWayIsExplained() throws {
        let file = try folder.write("x", to: "file")
        for path in [file, file + "/run"] {
            expectSeqNetError(.cannotCreate, "folder '\(path)': a file is in the way") {
                _ = try RunFolder.create(at: path)
            }
            expectSeqNetError(.cannotCreate, "a file is in the way") {
                _ = try RunFolder.resume(at: path)
            }
        }
    }

    @Test func aRunThatIsOpenIsBusy() throws {
        var first: RunFolder? = try RunFolder.create(at: folder.path)
        try first?.writeConfig([:])
        let busy = "run '\(folder.path)': is busy: process \(getpid()) is writing to it"
        expectSeqNetError(.cannotCreate, busy) { _ = try RunFolder.resume(at: folder.path) }
        expectSeqNetError(.cannotCreate, busy) {
            _ = try RunFolder.create(at: folder.path, overwrite: true)
        }
        #expect(try folder.names() == [".lock", "config.json"])
        first = nil
        _ = try RunFolder.resume(at: folder.path)
    }

    @Test func resumingFindsTheCheckpointAndClearsLeftovers() throws {
        try folder.write("x", to: "last.safetensors")
        try folder.write("half", to: ".last.safetensors.0123456789abcdef.tmp")
        try folder.write("half", to: ".model.safetensors.fedcba9876543210.tmp")
        try folder.write("theirs", to: ".other.0123456789abcdef.tmp")
        let run = try RunFolder.resume(at: folder.path)
        #expect(run.hasCheckpoint)
        #expect(
            try folder.names() == [".lock", ".other.0123456789abcdef.tmp", "last.safetensors"])
        try run.removeRun()
        #expect(!run.hasCheckpoint)
    }

    @Test func resumingWhatIsNotThereMakesIt() throws {
        let run = try RunFolder.resume(at: folder.path("new"))
        #expect(!run.hasCheckpoint)
        #expect(try folder.names() == ["new"])
    }

    @Test func theLeastFreeNumberIsTaken() throws {
        let runs = folder.path("runs")
        let first = try RunFolder.create(task: "lm", dataPath: "data/input.txt", in: runs)
        #expect(first.path == runs + "/lm-input-1")
        let second = try RunFolder.create(task: "lm", dataPath: "input", in: runs)
        #expect(second.path == runs + "/lm-input-2")
        try folder.write("x", to: "runs/lm-input-4")
        #expect(try RunFolder.create(task: "lm", dataPath: "input", in: runs).path.hasSuffix("-3"))
        #expect(try RunFolder.create(task: "lm", dataPath: "input", in: runs).path.hasSuffix("-5"))
        #expect(try RunFolder.create(task: "tag", dataPath: "input", in: runs).path.hasSuffix("-1"))
    }

    @Test(arguments: [("größe 2/мир.txt", "data"), ("a b.c.txt", "a-b.c"), ("/", "data"), ("-", "data")])
    func aDataNameBecomesAPortableOne(path: String, expected: String) throws {
        let run = try RunFolder.create(task: "lm", dataPath: path, in: folder.path)
        #expect(run.path == folder.path("lm-\(expected)-1"))
    }
}
