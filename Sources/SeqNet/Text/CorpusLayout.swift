/// Which tokens of a corpus are its training, validation and test part.
struct CorpusLayout {
    /// A part: a range of the tokens in the order in which they were read.
    struct Part {
        /// What error messages call it.
        let name: String
        let range: Range<Int>
    }

    let training: Part
    let validation: Part?
    let test: Part?
    /// Tokens of the training text that the split leaves out.
    let leftOutCount: Int

    /// Reads all files and lays the parts out.
    ///
    /// - Throws: what reading throws; `badData` if the training text is too short for the
    ///   split.
    init(
        reading files: CorpusFiles, with reader: inout CorpusReader, onProgress: (Int) -> Void
    ) throws {
        if let split = files.split, split.unit == .rows {
            let ends = split.ends(of: 0)
            reader.want(lineEnds: [ends.train, ends.validation, ends.test])
        }
        for path in files.training { try reader.read(path, onProgress: onProgress) }
        let text = Self.name(of: files.training)
        let ends = try Self.ends(of: files.split, text: text, reader: reader)
        leftOutCount = reader.count - ends.test

        func part(_ role: String, _ range: Range<Int>) throws -> Part {
            if range.isEmpty {
                throw SeqNetError(
                    .badData,
                    "\(text): \(reader.count) tokens are too few for --split \(files.split!), the "
                        + "\(role) part would be empty; use a longer text or other numbers")
            }
            return Part(name: "\(role) part of \(text)", range: range)
        }
        func part(of paths: [String]) throws -> Part? {
            if paths.isEmpty { return nil }
            let start = reader.count
            for path in paths { try reader.read(path, onProgress: onProgress) }
            return Part(name: Self.name(of: paths), range: start..<reader.count)
        }
        guard let split = files.split else {
            training = Part(name: text, range: 0..<reader.count)
            validation = try part(of: files.validation)
            test = try part(of: files.test)
            return
        }
        training = try part("training", 0..<ends.train)
        let ownValidation =
            split.hasValidation ? try part("validation", ends.train..<ends.validation) : nil
        let ownTest = split.hasTest ? try part("test", ends.validation..<ends.test) : nil
        validation = try ownValidation ?? part(of: files.validation)
        test = try ownTest ?? part(of: files.test)
    }

    /// What error messages call some files.
    static func name(of paths: [String]) -> String {
        TextFile(path: paths[0]).name + (paths.count > 1 ? " and \(paths.count - 1) more" : "")
    }

    /// The tokens before which the parts of the training text end.
    private static func ends(
        of split: Split?, text: String, reader: CorpusReader
    ) throws -> (train: Int, validation: Int, test: Int) {
        guard let split else { return (reader.count, reader.count, reader.count) }
        if split.unit == .fractions { return split.ends(of: reader.count) }
        let ends = reader.wantedLineEnds
        guard ends.count == 3 else {
            throw SeqNetError(
                .badData,
                "\(text): has \(reader.lineCount) lines, fewer than --split \(split) asks for; "
                    + "use smaller numbers, or fractions such as 0.9,0.05,0.05")
        }
        return (ends[0], ends[1], ends[2])
    }
}
