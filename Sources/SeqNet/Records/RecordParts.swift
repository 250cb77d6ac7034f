/// The records of a training run, of any kind, in three parts.
struct RecordParts<Record> {
    /// A part and what error messages call it.
    struct Part {
        let name: String
        let records: [Record]
    }

    let training: Part
    let validation: Part
    let test: Part?
    /// Records of the training files that the split leaves out.
    let leftOutCount: Int

    /// Reads the files, and cuts those of the training after a shuffle that the seed decides.
    ///
    /// - Parameter read: the records of one file.
    /// - Throws: what `read` throws; `badData` when a part would be empty.
    init(_ files: CorpusFiles, seed: UInt64, read: (String) throws -> [Record]) throws {
        let all = try files.training.flatMap(read)
        let name = CorpusLayout.name(of: files.training)
        func part(of paths: [String]) throws -> Part? {
            if paths.isEmpty { return nil }
            let records = try paths.flatMap(read)
            let name = CorpusLayout.name(of: paths)
            guard !records.isEmpty else {
                throw SeqNetError(.badData, "\(name): holds no record that can be used; give another file")
            }
            return Part(name: name, records: records)
        }
        var cut: (training: [Record], validation: [Record], test: [Record]) = (all, [], [])
        if let split = files.split {
            var shuffled = all
            var random = Random(seed: seed, stream: RandomStream.split)
            random.shuffle(&shuffled)
            let ends = split.ends(of: all.count)
            guard ends.test <= all.count else {
                throw SeqNetError(
                    .badData, "\(name): has \(all.count) records, fewer than --split \(split) asks for; "
                        + "use smaller numbers, or fractions such as 0.9,0.05,0.05")
            }
            cut.training = Array(shuffled[..<ends.train])
            cut.validation = Array(shuffled[ends.train..<ends.validation])
            cut.test = Array(shuffled[ends.validation..<ends.test])
            for (role, part, isWanted) in [
                ("training", cut.training, true), ("validation", cut.validation, split.hasValidation),
                ("test", cut.test, split.hasTest),
            ] where isWanted && part.isEmpty {
                throw SeqNetError(
                    .badData, "\(name): \(all.count) records are too few for --split \(split), the "
                        + "\(role) part would be empty; use more records or other numbers")
            }
        }
        leftOutCount = all.count - cut.training.count - cut.validation.count - cut.test.count
        training = Part(name: "training part of \(name)", records: cut.training)
        guard !training.records.isEmpty else {
            throw SeqNetError(.badData, "\(name): holds no record that can be used; give another file")
        }
        let ownValidation =
            cut.validation.isEmpty ? nil : Part(name: "validation part of \(name)", records: cut.validation)
        guard let validation = try ownValidation ?? part(of: files.validation) else {
            throw SeqNetError(
                .badData, "\(name): leaves no validation part; give --valid FILE or another --split")
        }
        self.validation = validation
        test =
            cut.test.isEmpty
            ? try part(of: files.test) : Part(name: "test part of \(name)", records: cut.test)
    }
}
