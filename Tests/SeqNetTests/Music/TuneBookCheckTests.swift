import Testing

@testable import SeqNet

@Suite struct TuneBookCheckTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let sound = "M:4/4\nL:1/4\nK:C\nCDEF|GABc|]"

    @Test func eachTuneIsFoundSoundOrNot() throws {
        let book = """
            X:1
            \(Self.sound)

            X:2
            M:4/4
            L:1/4
            K:C
            CDEF|GAB|cBAG|]

            X:3
            M:4/4

            CDEF|]
            X:4
            \(Self.sound)
            """
        let check = try TuneBookCheck(contentsOf: folder.write(book, to: "samples.abc"))
        #expect(check.entries.map(\.line) == [1, 7, 13, 17] && check.soundCount == 2)
        let faults = check.entries.map { $0.fault.map { "\($0)" } ?? "" }
        #expect(faults[0] == "" && faults[3] == "")
        #expect(faults[1].hasPrefix("line 11, bar 2: lasts 3/4, expected"), "\(faults[1])")
        #expect(faults[2].contains("line 16"), "\(faults[2])")
        #expect(check.copyCount == 0, "nothing is known")
    }

    @Test func copiesOfKnownTunesAreFound() throws {
        let known = try TuneBook(
            contentsOf: folder.write(
                "X:7\nT:Other\nM:3/4\nL:1/4\nK:G\nGBd|dBG|]\n\nX:8\nT:Known\n\(Self.sound)\n",
                to: "known.abc")
        ).tunes
        let check = try TuneBookCheck(
            contentsOf: folder.write(
                "X:1\n\(Self.sound)\n\nX:2\nM:4/4\nL:1/4\nK:C\nccBB|AGFE|]\n", to: "s.abc"),
            known: known)
        #expect(check.entries.map { $0.original?.line } == [8, nil] && check.copyCount == 1)
    }

    @Test func aFileWithoutTunesIsRefused() throws {
        let path = try folder.write("CDEF|\n", to: "none.abc")
        expectSeqNetError(.badData, "none.abc", "holds no tunes") {
            _ = try TuneBookCheck(contentsOf: path)
        }
    }
}
