import SeqNet
import Testing

private struct TwoFiles: GeneratedDataSet {
    var text = "a\n"
    var files: [GeneratedFile] {
        [GeneratedFile(name: "one.txt", text: text), GeneratedFile(name: "two.txt", text: text + text)]
    }
}

struct GeneratedDataSetTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func writesItsFilesToANewFolder() throws {
        try TwoFiles().write(to: folder.path("a/b"))
        #expect(try folder.text(of: "a/b/one.txt") == "a\n")
        #expect(try folder.text(of: "a/b/two.txt") == "a\na\n")
    }

    @Test func writesTheSameAgain() throws {
        try TwoFiles().write(to: folder.path)
        try TwoFiles().write(to: folder.path)
        #expect(try folder.names() == ["one.txt", "two.txt"])
    }

    @Test func replacesOtherFilesOnlyWhenAsked() throws {
        try folder.write("mine", to: "two.txt")
        expectSeqNetError(.cannotCreate, "two.txt", "--overwrite") {
            try TwoFiles().write(to: folder.path)
        }
        #expect(try folder.names() == ["two.txt"], "nothing is written")
        #expect(try folder.text(of: "two.txt") == "mine")
        try TwoFiles().write(to: folder.path, overwrite: true)
        #expect(try folder.names() == ["one.txt", "two.txt"])
        #expect(try folder.text(of: "two.txt") == "a\na\n")
    }

    @Test func saysWhereItCannotWrite() throws {
        let file = try folder.write("kept", to: "file")
        expectSeqNetError(.cannotCreate, file) { try TwoFiles().write(to: file + "/below") }
        expectSeqNetError(.cannotCreate, file) { try TwoFiles().write(to: file) }
        expectSeqNetError(.usage, "--out") { try TwoFiles().write(to: "") }
        #expect(try folder.text(of: "file") == "kept")
    }

    @Test func replacesNoFolder() throws {
        try TwoFiles().write(to: folder.path("one.txt"))
        expectSeqNetError(.cannotRead, "one.txt") { try TwoFiles().write(to: folder.path) }
        #expect(try folder.names() == ["one.txt"])
    }

    /// Sizes out of range, the kinds of data sets one after another.
    @Test func refusesSizesOutOfRange() {
        for size in [0, -1, 1_000_001] {
            expectSeqNetError(.usage, "\(size) sentences", "from 40 to 1000000") {
                _ = try NamesDataSet(size: size)
            }
            expectSeqNetError(.usage, "\(size) reviews", "from 20 to 1000000") {
                _ = try ReviewsDataSet(size: size)
            }
            expectSeqNetError(.usage, "\(size) dates", "from 1 to 50000") {
                _ = try DatesDataSet(size: size)
            }
            expectSeqNetError(.usage, "\(size) tunes", "from 8 to 1000000") {
                _ = try TunesDataSet(size: size)
            }
            expectSeqNetError(.usage, "\(size) hours", "from 336 to 876000") {
                _ = try WavesDataSet(size: size)
            }
        }
    }
}
