/// Which columns of a file a forecaster reads, as `--target` and `--features` name them.
public struct SeriesColumns: Equatable, Sendable {
    /// What is forecast. The past of it is read too.
    public let targets: [String]
    /// What is read beside it: columns, or a ``TimeFeature`` of the column with the times.
    public let features: [String]

    /// - Throws: `usage` without a target, or when a name is given twice.
    public init(targets: [String], features: [String] = []) throws {
        if targets.isEmpty {
            throw SeqNetError(.usage, "--target: name at least one column to forecast")
        }
        for (option, names) in [("--target", targets), ("--features", features)] {
            if let twice = Self.firstTwice(in: names) {
                throw SeqNetError(.usage, "\(option) \(twice): is named twice; leave one out")
            }
        }
        if let both = features.first(where: targets.contains) {
            throw SeqNetError(
                .usage, "--features \(both): is a target, and the past of a target is read anyway; "
                    + "leave it out")
        }
        self.targets = targets
        self.features = features
    }

    private static func firstTwice(in names: [String]) -> String? {
        var seen: Set<String> = []
        return names.first { !seen.insert($0).inserted }
    }
}
