import ArgumentParser
import SeqNet

/// Where a generated data set goes, and its seed.
struct GeneratedDataArguments: ParsableArguments {
    @Option(help: .init("Folder to write to.", valueName: "dir"), completion: .directory)
    var out: String

    @Option(help: .init("Seed of the random numbers.", valueName: "n"))
    var seed: Int = 1

    @Flag(help: "Replace files of these names that hold something else.")
    var overwrite = false

    @OptionGroup var quiet: QuietArgument

    /// A file of the folder, as a shell reads it.
    func path(_ name: String) -> String { ShellWord.quoted("\(out)/\(name)") }

    /// Makes a data set, writes it, and says which command to try next.
    func write(
        next command: String, _ make: (_ seed: UInt64) throws -> some GeneratedDataSet
    ) throws {
        guard seed >= 0 else {
            throw SeqNetError(.usage, "--seed \(seed): give a number from 0 upwards")
        }
        let data = try make(UInt64(seed))
        try data.write(to: out, overwrite: overwrite)
        let names = data.files.map(\.name)
        let list =
            names.count == 1
            ? names[0] : names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
        quiet.note("wrote \(list) to \(out)")
        quiet.note("next: \(command)")
    }
}
