import Foundation
import SeqNet
import Testing

@Suite struct ScratchFileTests {
    @Test func holdsWhatIsAppended() throws {
        let folder = try TextFolder()
        let file = try ScratchFile(in: folder.scratch)
        try [UInt8]([1, 2, 3]).withUnsafeBytes(file.append)
        try [UInt8]([4, 5]).withUnsafeBytes(file.append)
        #expect(file.size == 5)
        var bytes = [UInt8](repeating: 0, count: 8)
        #expect(try bytes.withUnsafeMutableBytes { try file.read(into: $0, at: 1) } == 4)
        #expect(bytes[..<4] == [2, 3, 4, 5])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.scratch) == [])
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "no /dev/full here"))
    func aFullDiskIsAnError() throws {
        let file = ScratchFile(descriptor: open("/dev/full", O_RDWR), folder: "/full")
        let writer = TokenFileWriter(to: file, vocabularySize: 1000)
        #expect(
            throws: SeqNetError(
                .cannotWrite,
                "folder '/full': the temporary file of token ids cannot grow beyond 0 bytes: No space "
                    + "left on device; free some space, or use another folder (--out; elsewhere TMPDIR)")
        ) { try writer.append([1, 2, 3]) }
    }
}
