/// The command line as the user typed it.
enum CommandLineArguments {
    /// Writes `--temperature -1` as `--temperature=-1`, and `--vector -1,2` likewise. The parser would take `-1` for an
    /// option and say that a value is missing, where the error to show is what is wrong with -1.
    static func joiningNegativeNumbers(_ arguments: [String]) -> [String] {
        var joined: [String] = []
        for argument in arguments {
            if let option = joined.last, isOption(option), isNegativeNumber(argument) {
                joined[joined.count - 1] = "\(option)=\(argument)"
            } else {
                joined.append(argument)
            }
        }
        return joined
    }

    private static func isOption(_ argument: String) -> Bool {
        argument.hasPrefix("--") && argument.count > 2 && !argument.contains("=")
    }

    private static func isNegativeNumber(_ argument: String) -> Bool {
        argument.hasPrefix("-")
            && argument.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { Double($0) != nil }
    }
}
