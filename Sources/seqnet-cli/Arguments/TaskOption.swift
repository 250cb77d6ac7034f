import SeqNet

/// An option of a command for every task that means something to some of them alone.
struct TaskOption {
    /// As it is typed: `--beam`.
    let name: String
    /// The task whose models have it.
    let task: String
    /// Whether it stands on the command line.
    let isGiven: Bool

    init(_ name: String, of task: String, isGiven: Bool) {
        self.name = name
        self.task = task
        self.isGiven = isGiven
    }

    /// An option with a value; nil means that it is not given.
    init(_ name: String, of task: String, _ value: Any?) {
        self.init(name, of: task, isGiven: value != nil)
    }
}

extension ModelFile {
    /// Refuses options that belong to models of another task.
    /// - Throws: `usage` that names the first of them.
    func refuse(_ options: [TaskOption]) throws {
        guard let other = options.first(where: { $0.isGiven && $0.task != metadata.task }) else { return }
        throw SeqNetError(
            .usage, "\(other.name): belongs to models of 'seqnet train \(other.task)', and '\(path)' is "
                + "one of 'seqnet train \(metadata.task)'; leave it out")
    }
}
