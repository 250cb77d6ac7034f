import ArgumentParser

/// Whether notes are left out.
struct QuietArgument: ParsableArguments {
    @Flag(help: "Print nothing on stderr but errors.")
    var quiet = false

    /// A line of information on stderr, unless it is not wanted.
    func note(_ text: String) { if !quiet { Console.note(text) } }
}
