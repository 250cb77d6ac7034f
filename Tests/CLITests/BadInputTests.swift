import Foundation
import Testing

/// Each gets one clear error, the exit code of the contract, and loses no file.
@Suite struct BadInputTests {
    private let folder: CLIFolder

    init() throws { folder = try TinyTraining.trained() }

    private func expectError(
        _ status: Int32, _ texts: [String], _ arguments: [String], program: String = SeqNetProcess.path,
        location: SourceLocation = #_sourceLocation
    ) throws {
        let outcome = try SeqNetProcess.run(arguments, in: folder, program: program)
        #expect(outcome.status == status, "\(arguments): \(outcome.error)", sourceLocation: location)
        for text in texts {
            #expect(outcome.error.contains(text), "\(outcome.error)", sourceLocation: location)
        }
        #expect(outcome.output == "", sourceLocation: location)
        #expect(outcome.error.hasPrefix("seqnet: "), sourceLocation: location)
        let lines = outcome.error.split(separator: "\n").count
        #expect(lines <= 2, "\(outcome.error)", sourceLocation: location)
    }

    private func train(_ file: String, _ more: String...) -> [String] {
        ["train", "lm", "--train", file, "--out", "new", "--quiet"] + more
    }

    /// OpenMP would end the process, or worse.
    @Test(arguments: ["foo", "0", "1.5", "+2", "2,x", " ", "99999999999999999999"])
    func threadsOfTheEnvironment(value: String) throws {
        let product = ["bench", "gemm", "--rows", "2", "--columns", "2", "--inner", "2"]
        for more in [[], ["--threads", "1"]] {
            let outcome = try SeqNetProcess.run(
                product + more, in: folder, environment: ["OMP_NUM_THREADS": value])
            #expect(outcome.status == 64)
            #expect(
                outcome.error.contains(
                    "OMP_NUM_THREADS: '\(value)' is no number of threads; set 1 to 1024, or unset it"))
        }
        let version = try SeqNetProcess.run(
            ["--version"], in: folder, environment: ["OMP_NUM_THREADS": value])
        #expect(version.status == 0)
        #expect(version.output.contains("OMP_NUM_THREADS: '\(value)' is no number"))
    }

    @Test func emptyThreadsOfTheEnvironmentAreNone() throws {
        let outcome = try SeqNetProcess.run(
            ["bench", "activations", "--repeats", "1"], in: folder,
            environment: ["OMP_NUM_THREADS": ""])
        #expect(outcome.status == 0)
        #expect(outcome.error == "")
    }

    @Test func texts() throws {
        try expectError(66, ["missing.txt"], train("missing.txt"))
        try expectError(66, [], train("run"))
        try folder.write("", to: "empty.txt")
        try expectError(65, ["empty.txt"], train("empty.txt"))
        try folder.write([0x61, 0x62, 0x0A, 0xC3, 0x28, 0x0A], to: "latin.txt")
        try expectError(65, ["latin.txt", "line 2", "UTF-8"], train("latin.txt"))
        try folder.write([0x61, 0x00, 0x62], to: "binary.bin")
        try expectError(65, ["binary.bin"], train("binary.bin"))
        try folder.write([0x1F, 0x8B, 0x08, 0, 0, 0], to: "packed.gz")
        try expectError(65, ["packed.gz", "gunzip"], train("packed.gz"))
        try folder.write("short text\n", to: "short.txt")
        try expectError(65, ["short.txt", "--valid"], train("short.txt"))
        try folder.write(String(repeating: "short text\n", count: 5), to: "few.txt")
        try expectError(65, ["few.txt", "--batch-size"], train("few.txt"))
        #expect(!folder.exists("new"), "a run that came to nothing leaves nothing behind")
        let before = try folder.bytes("run/model.safetensors")
        try expectError(
            66, ["missing.txt"], ["train", "lm", "--train", "missing.txt", "--out", "run", "--overwrite"])
        #expect(try folder.bytes("run/model.safetensors") == before)
    }

    /// Sizes that are allowed and numbers that overflow end in words, not in a trap.
    @Test func sizesBeyondTheMachine() throws {
        let huge = train("text.txt", "--hidden-size", "65536", "--layers", "64")
        try expectError(64, ["GB", "--hidden-size"], huge)
        try expectError(64, ["GB", "--hidden-size"], huge + ["--dry-run"])
        try expectError(64, ["--layers 4000"], train("text.txt", "--layers", "4000"))
        try expectError(64, ["--checkpoint-every"], train("text.txt", "--checkpoint-every", "1e300"))
        try expectError(
            64, ["lag"], ["inspect", "run", "--data", "text.txt", "--lags", "9223372036854775807"])
        #expect(!folder.exists("new"))
        let dry = try SeqNetProcess.run(
            train("text.txt", "--dry-run", "--epochs", "9223372036854775807"), in: folder)
        #expect(dry.status == 0)
    }

    /// A loss that no perplexity is finite for is no matter of JSON.
    @Test func lossesBeyondMeasure() throws {
        let outcome = try SeqNetProcess.run(
            train("text.txt", "--hidden-size", "32", "--learning-rate", "1000", "--epochs", "1"),
            in: folder)
        #expect(outcome.status == 0 || outcome.error.contains("--learning-rate"), "\(outcome.error)")
        #expect(!outcome.error.contains("JSON"), "\(outcome.error)")
    }

    /// Where a parent closed stdout, no file of the run takes its place.
    @Test func closedStreams() throws {
        let command = "exec '\(SeqNetProcess.path)' train lm --train text.txt --hidden-size 8 "
            + "--max-steps 2 --quiet --json"
        let closed = try SeqNetProcess.run(
            ["-c", command + " --out closed >&-"], in: folder, program: "/bin/sh")
        #expect(closed.status == 74, "\(closed.error)")
        #expect(!(try folder.text("closed/.lock")).contains("{"))
        let silent = try SeqNetProcess.run(
            ["-c", command + " --out silent 2>&-"], in: folder, program: "/bin/sh")
        #expect(silent.status == 0)
        #expect(try jsonObject(silent.output)["steps"] as? Int == 2)
    }

    @Test func namesOfFolders() throws {
        try expectError(64, ["--out"], ["train", "lm", "--train", "text.txt", "--out", ""])
        try expectError(64, ["no run"], ["train", "lm", "--resume", "--out", "nothing"])
        #expect(!folder.exists("nothing"))
    }

    @Test func compressedTexts() throws {
        try folder.write([0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 0, 3], to: "packed.gz")
        for arguments in [
            ["score", "run", "packed.gz"], ["evaluate", "run", "packed.gz"],
            ["evaluate", "run", "--pairs", "packed.gz"], ["inspect", "run", "--data", "packed.gz"],
        ] {
            try expectError(65, ["packed.gz", "gunzip"], arguments)
        }
    }

    @Test func anUnreadableText() throws {
        try folder.write("secret\n", to: "secret.txt")
        chmod(folder.path + "/secret.txt", 0)
        // Root reads everything.
        if geteuid() != 0 { try expectError(66, ["secret.txt"], train("secret.txt")) }
        #expect(folder.exists("secret.txt"))
    }

    @Test func options() throws {
        try expectError(
            64, ["--tie-weights", "--embedding-size 16"],
            train("text.txt", "--tie-weights", "--hidden-size", "16", "--embedding-size", "8"))
        try expectError(64, ["--hidden-size 0"], train("text.txt", "--hidden-size", "0"))
        try expectError(64, ["--dropout"], train("text.txt", "--dropout", "1"))
        try expectError(64, ["--gru-form"], train("text.txt", "--gru-form", "simplified"))
        try expectError(64, ["--cell"], train("text.txt", "--cell", "transformer"))
        try expectError(64, ["--threads 0"], train("text.txt", "--threads", "0"))
        try expectError(64, ["--threads 1025", "1 to 1024"], train("text.txt", "--threads", "1025"))
        try expectError(64, ["--learning-rate"], train("text.txt", "--learning-rate", "nan"))
        try expectError(64, ["--split"], train("text.txt", "--split", "0.9,0.9"))
        try expectError(64, ["--bidirectional"], train("text.txt", "--bidirectional"))
        try expectError(64, ["--train"], ["train", "lm"])
        try expectError(64, ["--top-p 1.5"], ["sample", "run", "--top-p", "1.5"])
        try expectError(64, ["--top-k 0"], ["sample", "run", "--top-k", "0"])
        try expectError(
            64, ["--temperature -1"], ["sample", "run", "--temperature", "-1", "--seed", "1"])
        try expectError(64, ["'--hidden-size"], train("text.txt", "--hidden-size", "many"))
        try expectError(64, ["'--hidden-size"], train("text.txt", "--hidden-size"))
        try expectError(64, ["'surplus'"], ["sample", "run", "surplus"])
        try expectError(64, ["'<model>'", "seqnet score --help"], ["score"])
        try expectError(64, ["--pairs"], ["evaluate", "run"])
        try expectError(64, ["SEQNET_ISA"], ["sample", "run"], environment: ["SEQNET_ISA": "mmx"])
        #expect(!folder.exists("new"))
    }

    private func expectError(
        _ status: Int32, _ texts: [String], _ arguments: [String], environment: [String: String]
    ) throws {
        let outcome = try SeqNetProcess.run(arguments, in: folder, environment: environment)
        #expect(outcome.status == status)
        for text in texts { #expect(outcome.error.contains(text), "\(outcome.error)") }
    }

    @Test func models() throws {
        try expectError(66, ["nowhere"], ["sample", "nowhere"])
        let good = try folder.bytes("run/model.safetensors")
        for length in [0, 7, 100, good.count / 2, good.count - 1] {
            try folder.write(Array(good[..<length]), to: "short.safetensors")
            try expectError(65, ["short.safetensors"], ["sample", "short.safetensors", "--seed", "1"])
        }
        var flipped = good
        flipped[good.count - 100] ^= 4
        try folder.write(flipped, to: "flipped.safetensors")
        try expectError(65, ["flipped.safetensors", "checksum"], ["sample", "flipped.safetensors", "--seed", "1"])
        try folder.write(good + [0, 0, 0, 0], to: "long.safetensors")
        try expectError(65, ["long.safetensors"], ["sample", "long.safetensors", "--seed", "1"])
        try folder.write("not a model at all", to: "text.safetensors")
        try expectError(65, ["text.safetensors"], ["sample", "text.safetensors", "--seed", "1"])
        let header = #"{"__metadata__":{"format":"pt"},"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}   "#
        var foreign = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
        foreign += Array(header.utf8) + [0, 0, 128, 63]
        try folder.write(foreign, to: "foreign.safetensors")
        try expectError(65, ["SeqNet"], ["sample", "foreign.safetensors", "--seed", "1"])
    }

    @Test func aFullDiskLosesNothing() throws {
        // A limit on the size of files stands for a full disk: write(2) fails in the same way.
        let before = try folder.bytes("run/model.safetensors")
        // 40 kB hold the token ids, but not a checkpoint.
        let limited = "ulimit -f 80; exec \"$0\" \"$@\""
        try expectError(
            74, ["File too large"],
            ["-c", limited, SeqNetProcess.path] + train("text.txt", "--hidden-size", "64", "--max-steps", "2"),
            program: "/bin/sh")
        #expect(!folder.exists("new/model.safetensors") && !folder.exists("new/last.safetensors"))
        #expect(try folder.bytes("run/model.safetensors") == before)
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func aFullStdoutIsAnError() throws {
        let outcome = try SeqNetProcess.run(
            ["-c", "exec \"$0\" sample run --seed 1 >/dev/full", SeqNetProcess.path], in: folder,
            program: "/bin/sh")
        #expect(outcome.status == 74 && outcome.error.contains("stdout"))
    }

    @Test func aClosedPipeEndsQuietly() throws {
        let outcome = try SeqNetProcess.run(
            ["-c", "\"$0\" sample run --seed 1 --length 100000 | head -c 10", SeqNetProcess.path],
            in: folder, program: "/bin/sh")
        #expect(outcome.output.utf8.count == 10 && outcome.error == "")
    }

    /// Service managers start programs with the signal of a closed pipe ignored.
    @Test func aClosedPipeEndsQuietlyWithoutItsSignalToo() throws {
        let script = "trap '' PIPE; { \"$0\" sample run --seed 1 --length 100000; echo $? >&2; } | head -c 10"
        let outcome = try SeqNetProcess.run(
            ["-c", script, SeqNetProcess.path], in: folder, program: "/bin/sh")
        #expect(outcome.output.utf8.count == 10 && outcome.error == "141\n")
    }
}
