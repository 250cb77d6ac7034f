import Foundation
import Testing

@Suite struct MakeDataCommandTests {
    private let folder: CLIFolder

    init() throws { folder = try CLIFolder() }

    private func make(_ arguments: String...) throws -> ProcessOutcome {
        try SeqNetProcess.run(["make-data"] + arguments, in: folder)
    }

    static let kinds: [(kind: String, size: String, files: [String])] = [
        ("agreement", "50", ["train.txt", "valid.txt", "test.txt", "pairs.tsv"]),
        ("names", "50", ["train.conll", "valid.conll", "test.conll"]),
        ("reviews", "50", ["train.csv", "valid.csv", "test.csv"]),
        ("tunes", "8", ["jigs.abc", "reels.abc", "waltzes.abc", "polkas.abc"]),
        ("dates", "50", ["train.tsv", "valid.tsv", "test.tsv"]),
        ("waves", "400", ["waves.csv"]),
    ]

    @Test(arguments: kinds)
    func theSameSeedGivesTheSameFiles(_ kind: String, _ size: String, _ files: [String]) throws {
        for (out, seed) in [("a", "9"), ("b", "9"), ("c", "8")] {
            let outcome = try make(kind, "--size", size, "--seed", seed, "--out", out)
            #expect(outcome.status == 0 && outcome.output == "", "\(outcome.error)")
            #expect(outcome.error.contains("\(files.last!) to \(out)\nnext: seqnet train "))
        }
        let written = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/a")
        #expect(written.sorted() == files.sorted())
        for file in files {
            #expect(try folder.bytes("a/\(file)") == folder.bytes("b/\(file)"), "\(file)")
            #expect(try folder.bytes("a/\(file)") != folder.bytes("c/\(file)"), "\(file)")
        }
    }

    @Test(arguments: kinds)
    func replacesOtherFilesOnlyWhenAsked(_ kind: String, _ size: String, _ files: [String]) throws {
        try folder.write("mine\n", to: files.last!)
        let refused = try make(kind, "--size", size, "--out", ".")
        #expect(refused.status == 73 && refused.error.hasPrefix("seqnet: "))
        #expect(refused.error.contains(files.last!) && refused.error.contains("--overwrite"))
        #expect(try folder.text(files.last!) == "mine\n")
        #expect(files.count == 1 || !folder.exists(files[0]))
        #expect(try make(kind, "--size", size, "--out", ".", "--overwrite", "--quiet").error == "")
        #expect(try folder.text(files.last!) != "mine\n")
    }

    @Test(arguments: kinds)
    func badOptionsGetOneError(_ kind: String, _ size: String, _ files: [String]) throws {
        try folder.write("text", to: "file")
        for (status, text, arguments) in [
            (64, "the size must be from", ["--size", "0", "--out", "new"]),
            (64, "--seed -1", ["--seed", "-1", "--out", "new"]),
            (64, "--out", ["--size", size, "--out", ""]),
            (73, "a file is in the way", ["--size", size, "--out", "file"]),
            (73, "a file is in the way", ["--size", size, "--out", "file/below"]),
        ] as [(Int32, String, [String])] {
            let outcome = try SeqNetProcess.run(["make-data", kind] + arguments, in: folder)
            #expect(outcome.status == status, "\(arguments): \(outcome.error)")
            #expect(outcome.error.hasPrefix("seqnet: ") && outcome.error.contains(text))
            #expect(outcome.error.split(separator: "\n").count <= 2)
        }
        #expect(!folder.exists("new"))
    }

    /// The least size of each kind and some above it, up to that of the usual options.
    @Test(arguments: [
        ("agreement", [1, 2, 15, 16]), ("names", [40, 41]), ("reviews", [20, 33]), ("dates", [1, 2]),
        ("tunes", [8, 9, 13, 19, 20]), ("waves", [336, 337, 479, 480]),
    ])
    func theNextCommandWorks(_ kind: String, _ sizes: [Int]) throws {
        let refused = try make(kind, "--size", "\(sizes[0] - 1)", "--out", "less")
        #expect(refused.status == 64 && refused.error.contains("must be from \(sizes[0]) to"))
        for (seed, size) in sizes.enumerated() {
            let made = try make(kind, "--size", "\(size)", "--seed", "\(seed)", "--out", "\(size)")
            let next = made.error.components(separatedBy: "next: seqnet ")[1].split(separator: "\n")[0]
            let run = next.split(separator: " ").map(String.init) + [
                "--hidden-size", "8", "--epochs", "1", "--out", "\(size)/run", "--quiet",
            ]
            let trained = try SeqNetProcess.run(run, in: folder)
            #expect(trained.status == 0, "\(next): \(trained.error)")
        }
    }

    @Test func theNextCommandIsReadBackByAShell() throws {
        let outcome = try make("agreement", "--size", "5", "--out", "a b")
        #expect(outcome.error.contains("next: seqnet train lm --train 'a b/train.txt'"))
    }
}
