import Foundation
import Testing

@testable import SeqNet

@Suite struct RunLogTests {
    private let folder: TemporaryFolder
    private let log: RunLog

    init() throws {
        folder = try TemporaryFolder()
        log = RunLog(path: folder.path("log.jsonl"))
    }

    @Test func linesAreAppendedAndReadBack() throws {
        #expect(log.length == 0)
        try log.append(["epoch": 1])
        try log.append(["epoch": 2, "text": "a\nb"])
        #expect(try folder.text(of: "log.jsonl") == "{\"epoch\":1}\n{\"epoch\":2,\"text\":\"a\\nb\"}\n")
        #expect(log.length == 38)
        #expect(try log.lines() == [["epoch": 1], ["epoch": 2, "text": "a\nb"]])
    }

    @Test func aLineInTheMakingIsLeftOut() throws {
        try folder.write("{\"a\":1}\n{\"a\":", to: "log.jsonl")
        #expect(try log.lines() == [["a": 1]])
        try folder.write("", to: "log.jsonl")
        #expect(try log.lines() == [])
    }

    @Test func aWrongLineIsNamed() throws {
        try folder.write("{}\n{]\n{}\n", to: "log.jsonl")
        expectSeqNetError(.badData, "log '\(log.path)', entry 2", "found ']'") { _ = try log.lines() }
    }

    @Test func truncatingGoesBackToACheckpoint() throws {
        try log.append(["epoch": 1])
        let length = log.length
        try log.append(["epoch": 2])
        #expect(try log.truncate(to: length) == 0)
        #expect(try log.lines() == [["epoch": 1]])
        try log.append(["epoch": 3])
        #expect(try log.lines() == [["epoch": 1], ["epoch": 3]])
    }

    @Test func aLogThatIsShorterStaysAndIsTold() throws {
        #expect(try log.truncate(to: 0) == 0)
        #expect(try log.truncate(to: 5) == 5)
        #expect(try folder.names() == [])
        try log.append(["epoch": 1])
        #expect(try log.truncate(to: 20) == 8)
        #expect(try log.lines() == [["epoch": 1]])
    }

    @Test func aFullDiskLeavesTheLogAsItWas() throws {
        try log.append(["epoch": 1])
        var calls = WritingCalls.system
        let system = calls.write
        var turn = 0
        calls.write = { descriptor, bytes, count in
            turn += 1
            if turn == 2 {
                errno = ENOSPC
                return -1
            }
            return system(descriptor, bytes, min(count, 4))
        }
        expectSeqNetError(.cannotWrite, "cannot write '\(log.path)': No space left", "free some") {
            try log.append(["epoch": 2], calls: calls)
        }
        #expect(try folder.text(of: "log.jsonl") == "{\"epoch\":1}\n")
        calls = .system
        calls.sync = { _ in errno = EIO; return -1 }
        expectSeqNetError(.cannotWrite, "check the disk") {
            try log.append(["epoch": 2], calls: calls)
        }
        #expect(try log.lines() == [["epoch": 1]])
    }

    @Test func aNaNIsRefusedBeforeAnythingIsWritten() throws {
        expectSeqNetError(.badData, "'loss' is nan") { try log.append(["loss": .number(.nan)]) }
        #expect(try folder.names() == [])
    }
}
