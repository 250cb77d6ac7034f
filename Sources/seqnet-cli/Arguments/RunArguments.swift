import ArgumentParser
import SeqNet

/// Options of every `train`: where the run goes and how it behaves.
struct RunArguments: ParsableArguments {
    @Option(
        help: .init("Folder of the run. (default: runs/<task>-<data>-<n>)", valueName: "dir"),
        completion: .directory)
    var out: String?

    @Flag(help: "Replace a run that is in the folder.")
    var overwrite = false

    @Flag(help: "Go on from the run's checkpoint; anew when there is none.")
    var resume = false

    @Option(
        help: .init(
            "Begin with the weights of a model, its sizes, tokens and vocabulary. (default: none)",
            valueName: "model"),
        completion: .file())
    var initFrom: String?

    @Option(
        help: .init("Options as a run writes them to config.json; the command line wins. "
            + "(default: none)", valueName: "file.json"),
        completion: .file(extensions: ["json"]))
    var config: String?

    @Option(help: .init("Seconds between checkpoints within an epoch.", valueName: "seconds"))
    var checkpointEvery: Double = 60

    @Option(help: .init("Seed of all random numbers. (default: 1)", valueName: "n"))
    var seed: Int?

    @OptionGroup var threads: ThreadArguments

    @Flag(help: "Print one JSON object on stdout.")
    var json = false

    @OptionGroup var quiet: QuietArgument

    @Flag(help: "Read the data, print sizes, memory and an estimate of the time; train nothing.")
    var dryRun = false

    /// What a run that is resumed goes on from; nil where a run begins.
    var checkpoint: String? {
        guard resume, let out else { return nil }
        let path = "\(out)/last.safetensors"
        return FileSystemQuery.exists(path) ? path : nil
    }

    /// Takes what the weights of the model of `--init-from` settle, and returns the path of the file
    /// that vocabulary and weights come from. Once the run has a checkpoint that is the one: it holds
    /// both, and the model may be gone.
    func start(_ resolver: inout OptionResolver) throws -> String? {
        guard let path = try resolver.string("init_from", initFrom) else { return nil }
        if let checkpoint { return checkpoint }
        try resolver.begin(with: try ModelFile(path: path))
        return path
    }

    func validate() throws {
        // A year of seconds is beyond any run, and within what a duration holds.
        guard checkpointEvery >= 0, checkpointEvery <= 31_536_000 else {
            throw ValidationError(
                "--checkpoint-every \(checkpointEvery): give 0 to 31536000 seconds")
        }
        if resume && overwrite {
            throw ValidationError("--resume and --overwrite contradict each other; give one of them")
        }
        if resume && out == nil {
            throw ValidationError("--resume: name the run's folder with --out")
        }
    }
}
