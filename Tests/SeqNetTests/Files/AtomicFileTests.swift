import Foundation
import Testing

@testable import SeqNet

@Suite struct AtomicFileTests {
    private func write(
        _ text: String, to path: String, calls: WritingCalls = .system
    ) throws {
        try Array(text.utf8).withUnsafeBytes { bytes in
            let half = bytes.count / 2
            try AtomicFile.write(
                [
                    UnsafeRawBufferPointer(rebasing: bytes[..<half]),
                    UnsafeRawBufferPointer(rebasing: bytes[half...]),
                ], to: path, calls: calls)
        }
    }

    @Test func aFileIsMadeAndReplaced() throws {
        let folder = try TemporaryFolder()
        try AtomicFile.write("old, and longer", to: folder.path("a"))
        #expect(try folder.text(of: "a") == "old, and longer")
        try AtomicFile.write("new", to: folder.path("a"))
        #expect(try folder.text(of: "a") == "new")
        try AtomicFile.write("", to: folder.path("b"))
        #expect(try folder.bytes(of: "b") == [])
        #expect(try folder.names() == ["a", "b"])
    }

    @Test func partialWritesAndSignalsAreGoneOnFrom() throws {
        let folder = try TemporaryFolder()
        var calls = WritingCalls.system
        let system = calls.write
        var turn = 0
        calls.write = { descriptor, bytes, count in
            turn += 1
            if turn % 3 == 0 {
                errno = EINTR
                return -1
            }
            return system(descriptor, bytes, min(count, 2))
        }
        try write("a longer text", to: folder.path("a"), calls: calls)
        #expect(try folder.text(of: "a") == "a longer text")
    }

    /// Lets the disk fill up at each write in turn, then lets each later step fail.
    @Test(arguments: [1, 2, 3, 4, 5, 6])
    func aFailureAtAnyStepLeavesTheOldFileAndNothingElse(step: Int) throws {
        let folder = try TemporaryFolder()
        try folder.write("old", to: "a")
        var calls = WritingCalls.system
        let system = calls.write
        var turn = 0
        calls.write = { descriptor, bytes, count in
            turn += 1
            if turn == step {
                errno = ENOSPC
                return -1
            }
            return system(descriptor, bytes, min(count, 3))
        }
        if step == 5 { calls.sync = { _ in errno = EIO; return -1 } }
        if step == 6 { calls.rename = { _, _ in errno = EACCES; return -1 } }
        let reason = step == 5 ? EIO : step == 6 ? EACCES : ENOSPC
        let path = folder.path("a")
        expectSeqNetError(
            .cannotWrite, "cannot write '\(path)': \(String(cString: strerror(reason)))"
        ) {
            try write("new content!", to: path, calls: calls)  // four writes of three bytes
        }
        #expect(try folder.text(of: "a") == "old")
        #expect(try folder.names() == ["a"])
    }

    @Test func eachReasonHasItsRemedy() {
        let remedies: [(Int32, String)] = [
            (ENOSPC, "free some space"), (EROFS, "that you may write to"),
            (ENOENT, "make the folder 'x' first"), (EFBIG, "ulimit -f"), (EMFILE, "ulimit -n"),
            (ENAMETOOLONG, "a shorter name"), (ENOTDIR, "choose another folder"), (EIO, "check the disk"),
        ]
        for (code, remedy) in remedies {
            #expect(SystemError(code).whenWriting("x/y").message.contains(remedy))
        }
        #expect(SystemError(EACCES).whenReading("text 'a'").message.contains("permission to read"))
    }

    @Test func realObstaclesAreExplained() throws {
        let folder = try TemporaryFolder()
        try folder.write("text", to: "file")
        expectSeqNetError(.cannotWrite, "No such file", "make the folder '\(folder.path)/none' first") {
            try AtomicFile.write("x", to: folder.path("none/a"))
        }
        expectSeqNetError(.cannotWrite, "Not a directory", "a part of the path is a file") {
            try AtomicFile.write("x", to: folder.path("file/a"))
        }
        expectSeqNetError(.cannotWrite, "a folder bears that name") {
            try AtomicFile.write("x", to: folder.path)
        }
        expectSeqNetError(.cannotWrite, "it is a device or a pipe") {
            try AtomicFile.write("x", to: "/dev/null")
        }
        expectSeqNetError(.cannotWrite, "choose a shorter name") {
            try AtomicFile.write("x", to: folder.path(String(repeating: "n", count: 300)))
        }
        #expect(try folder.names() == ["file"])
    }

    @Test(.enabled(if: getuid() != 0, "root may write anywhere"))
    func aFolderWithoutPermissionIsExplained() throws {
        let folder = try TemporaryFolder()
        chmod(folder.path, 0o555)
        defer { chmod(folder.path, 0o755) }
        expectSeqNetError(.cannotWrite, "Permission denied", "that you may write to") {
            try AtomicFile.write("x", to: folder.path("a"))
        }
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "needs /dev/full"))
    func aFullDeviceGivesItsError() throws {
        let descriptor = open("/dev/full", O_WRONLY)
        defer { close(descriptor) }
        #expect(throws: SystemError(ENOSPC)) {
            try [UInt8(1), 2, 3].withUnsafeBytes {
                try WritingCalls.system.writeAll($0, to: descriptor)
            }
        }
    }

    @Test func aSymbolicLinkStays() throws {
        let folder = try TemporaryFolder()
        try folder.write("old", to: "target")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("link"), withDestinationPath: "target")
        try AtomicFile.write("new", to: folder.path("link"))
        #expect(try folder.text(of: "target") == "new")
        #expect(
            try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link"))
                == "target")
    }

    @Test func leftoversOfTheNamedFilesAreRemovedAndNothingElse() throws {
        let folder = try TemporaryFolder()
        let kept = [
            ".a.0123456789abcde.tmp", ".a.0123456789abcdeg.tmp", ".b.0123456789abcdef.tmp", "a",
            "a.0123456789abcdef.tmp",
        ]
        for name in kept + [".a.0123456789abcdef.tmp"] { try folder.write("x", to: name) }
        try AtomicFile.removeLeftovers(of: ["a"], in: folder.path)
        #expect(try folder.names() == kept.sorted())
    }

    @Test func aWriteThatIsKilledLeavesWhatTheCleaningFinds() throws {
        let folder = try TemporaryFolder()
        var calls = WritingCalls.system
        var names: [String] = []
        calls.rename = { _, _ in
            names = (try? folder.names()) ?? []  // as a kill at this moment would leave it
            errno = EIO
            return -1
        }
        #expect(throws: SeqNetError.self) { try write("x", to: folder.path("a"), calls: calls) }
        let leftover = try #require(names.first)
        try folder.write("x", to: leftover)
        try AtomicFile.removeLeftovers(of: ["a"], in: folder.path)
        #expect(try folder.names() == [])
    }
}
