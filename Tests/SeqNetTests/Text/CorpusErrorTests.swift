import Foundation
import SeqNet
import Testing

@Suite struct CorpusErrorTests {
    private let folder: TextFolder

    init() throws { folder = try TextFolder() }

    private func build(
        _ paths: [String], split: Split? = nil, kind: TokenKind = .words, scratch: String? = nil
    ) throws {
        _ = try Corpus(
            CorpusFiles(training: paths, split: split), tokenizer: Tokenizer(kind: kind),
            vocabulary: .training(VocabularyLimits()), scratchFolder: scratch ?? folder.scratch)
    }

    @Test func aMissingFile() {
        let path = folder.path + "/missing.txt"
        #expect(
            throws: SeqNetError(
                .cannotRead,
                "text '\(path)': cannot be read: No such file or directory; check the path")
        ) { try build([path]) }
    }

    @Test func aFolder() {
        #expect(
            throws: SeqNetError(
                .cannotRead, "text '\(folder.path)': is a folder; name the files in it")
        ) { try build([folder.path]) }
    }

    @Test(.enabled(if: geteuid() != 0, "the superuser may read everything"))
    func anUnreadableFile() throws {
        let path = try folder.add("secret.txt", "text")
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
        #expect(
            throws: SeqNetError(
                .cannotRead, "text '\(path)': cannot be read: Permission denied; check the path")
        ) { try build([path]) }
    }

    @Test(arguments: TokenKind.allCases)
    func anEmptyFile(_ kind: TokenKind) throws {
        let path = try folder.add("empty.txt", "")
        #expect(
            throws: SeqNetError(.badData, "text '\(path)': is empty; give a file with text in it")
        ) { try build([path], kind: kind) }
    }

    @Test func aFileWithNothingButAByteOrderMark() throws {
        let path = try folder.add("mark.txt", "\u{FEFF}")
        #expect(
            throws: SeqNetError(.badData, "text '\(path)': is empty; give a file with text in it")
        ) { try build([folder.add("a", "a"), path]) }
    }

    @Test(arguments: TokenKind.allCases)
    func aCompressedFile(_ kind: TokenKind) throws {
        let path = try folder.add("a.gz", [0x1F, 0x8B, 0x08, 0x00, 0x00])
        #expect(
            throws: SeqNetError(
                .badData,
                "text '\(path)': is compressed (gzip); unpack it first, as `gunzip -k '\(path)'` does"
            )
        ) { try build([path], kind: kind) }
    }

    @Test func invalidUTF8FarIntoAFile() throws {
        // Beyond the first chunk that is read.
        let lines = Array(String(repeating: "twelve bytes\n", count: 30_000).utf8)
        let path = try folder.add("latin1.txt", lines + Array("caf".utf8) + [0xE9, 0x0A])
        let error = #expect(throws: SeqNetError.self) { try build([path]) }
        #expect(error?.kind == .badData)
        #expect(
            error?.message.hasPrefix(
                "text '\(path)', line 30001, byte offset 390003: not valid UTF-8 (byte 0xE9)")
                == true)
    }

    @Test func binaryContent() throws {
        let path = try folder.add("binary", [0x7F, 0x45, 0x4C, 0x46, 0x00])
        let error = #expect(throws: SeqNetError.self) { try build([path], kind: .characters) }
        #expect(
            error?.message.hasPrefix("text '\(path)', line 1, byte offset 4: a NUL byte") == true)
        #expect(throws: Never.self) { try build([path], kind: .bytes) }
    }

    @Test func tooFewTokensForASplit() throws {
        let path = try folder.add("short.txt", "a b")
        #expect(
            throws: SeqNetError(
                .badData,
                "text '\(path)': 3 tokens are too few for --split 0.9,0.05,0.05, the validation part "
                    + "would be empty; use a longer text or other numbers")
        ) { try build([path], split: Split("0.9,0.05,0.05")) }
    }

    @Test func tooFewLinesForASplit() throws {
        let path = try folder.add("short.txt", "a\nb\nc")
        #expect(
            throws: SeqNetError(
                .badData,
                "text '\(path)': has 3 lines, fewer than --split 2,2 asks for; use smaller numbers, "
                    + "or fractions such as 0.9,0.05,0.05")
        ) { try build([path], split: Split("2,2")) }
        #expect(throws: Never.self) { try build([path], split: Split("2,1")) }
    }

    @Test func aScratchFolderThatIsNotThere() throws {
        let scratch = folder.path + "/nowhere"
        #expect(
            throws: SeqNetError(
                .cannotWrite,
                "folder '\(scratch)': a temporary file cannot be made there: No such file or "
                    + "directory; use a folder that exists and may be written to")
        ) { try build([folder.add("a", "a")], scratch: scratch) }
    }

    @Test func partsThatAreNamedTwice() {
        #expect(throws: SeqNetError(.usage, "--train: needs at least one file")) {
            try CorpusFiles(training: [])
        }
        #expect(
            throws: SeqNetError(
                .usage, "--split 0.9,0.1: cuts off a part that --valid names as well; leave one out"
            )
        ) { try CorpusFiles(training: ["a"], validation: ["b"], split: Split("0.9,0.1")) }
        #expect(
            throws: SeqNetError(
                .usage,
                "--split 0.8,0,0.2: cuts off a part that --test names as well; leave one out")
        ) { try CorpusFiles(training: ["a"], test: ["b"], split: Split("0.8,0,0.2")) }
    }
}
