import ArgumentParser
import SeqNet

struct CheckTunesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-tunes",
        abstract: "Whether the tunes of ABC files are sound, and copies of others.",
        discussion: """
            A tune is sound when it can be read and its bars last as long as the metre says; bars may be \
            shorter at the start, at the end and beside a repeat or a double bar. It is a copy when its \
            text is that of a known tune, or at most a tenth of its notes differ. Prints a line for each \
            fault and each copy, and the counts.

            Example:
              seqnet sample runs/generate-jigs-1 --count 100 > samples.abc
              seqnet check-tunes samples.abc --known jigs.abc
            """)

    @Argument(help: .init("Tunes in ABC.", valueName: "file"), completion: .file(extensions: ["abc"]))
    var files: [String]

    @Option(
        parsing: .upToNextOption,
        help: .init("Tunes in ABC that none should copy. (default: none)", valueName: "file"),
        completion: .file(extensions: ["abc"]))
    var known: [String] = []

    @Flag(help: "Print one JSON object.")
    var json = false

    @OptionGroup var quiet: QuietArgument

    func run() throws {
        let knownTunes = try known.flatMap { try TuneBook(contentsOf: $0).tunes }
        let status = StatusLine(isQuiet: quiet.quiet)
        let checks = try files.map { path in
            try TuneBookCheck(contentsOf: path, known: knownTunes) { share in
                status.show { StatusText.checking(path, share, width: $0) }
            }
        }
        if json {
            try Console.resultLine(try object(checks).serialized())
            return
        }
        for check in checks {
            for entry in check.entries {
                for line in lines(of: entry, in: check.name) { try Console.resultLine(line) }
            }
        }
        let tunes = checks.reduce(0) { $0 + $1.entries.count }
        let sound = checks.reduce(0) { $0 + $1.soundCount }
        let share = Format.fixed(100 * Double(sound) / Double(tunes), 1)
        let copies = checks.reduce(0) { $0 + $1.copyCount }
        try Console.resultLine(
            "\(tunes) tune\(tunes == 1 ? "" : "s"), \(sound) sound (\(share) %)"
                + (known.isEmpty ? "" : ", \(copies) cop\(copies == 1 ? "y" : "ies")"))
    }

    private func lines(of entry: TuneBookCheck.Entry, in file: String) -> [String] {
        var lines: [String] = []
        if let fault = entry.fault {
            lines.append("\(file), tune of line \(entry.line): \(fault)")
        }
        if let original = entry.original {
            lines.append(
                "\(file), tune of line \(entry.line): copies that of \(original.file), line "
                    + "\(original.line)")
        }
        return lines
    }

    private func object(_ checks: [TuneBookCheck]) -> JSONValue {
        let faults = checks.flatMap { check in
            check.entries.compactMap { entry -> JSONValue? in
                entry.fault.map {
                    [
                        "file": .string(check.path), "line": .integer(entry.line),
                        "fault": .string("\($0)"),
                    ]
                }
            }
        }
        let copied = checks.flatMap { check in
            check.entries.compactMap { entry -> JSONValue? in
                entry.original.map {
                    [
                        "file": .string(check.path), "line": .integer(entry.line),
                        "original_file": .string($0.file), "original_line": .integer($0.line),
                    ]
                }
            }
        }
        return [
            "tunes": .integer(checks.reduce(0) { $0 + $1.entries.count }),
            "sound": .integer(checks.reduce(0) { $0 + $1.soundCount }),
            "copies": known.isEmpty ? .null : .integer(checks.reduce(0) { $0 + $1.copyCount }),
            "faults": .array(faults), "copied": .array(copied),
        ]
    }
}
