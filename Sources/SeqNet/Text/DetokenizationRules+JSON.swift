extension DetokenizationRules {
    /// The rules as a model's file keeps them, in the same order for the same rules:
    /// `{"gaps": [["a", "?", " "], …], "paired": ["\""]}`. A gap is what stands before it, what
    /// behind and the white space between: a mark, `a` for a letter, `0` for a digit, nothing for
    /// whatever it is; `"<` and `">` are a paired mark that opens and closes.
    public var json: JSONValue {
        let rows = gaps.map { place, gap in
            [place.before.notation, place.after.notation, String(decoding: gap, as: UTF8.self)]
        }
        let sorted = rows.sorted { left, right in
            left.joined(separator: "\n").utf8.lexicographicallyPrecedes(
                right.joined(separator: "\n").utf8)
        }
        return [
            "gaps": .array(sorted.map { .array($0.map { .string($0) }) }),
            "paired": .array(paired.sorted().map { .string(String($0)) }),
        ]
    }

    /// Reads rules back.
    ///
    /// - Parameter subject: what holds them, for errors: `model 'a.safetensors', detokenization`.
    /// - Throws: `badData` for what `json` never gives.
    public init(json: JSONValue, subject: String) throws {
        func fault(_ what: String) -> SeqNetError {
            SeqNetError(
                .badData,
                "\(subject): \(what); the file is damaged or not made by seqnet, use another copy")
        }
        guard let marks = json["paired"]?.stringsValue, let rows = json["gaps"]?.arrayValue else {
            throw fault("'paired' or 'gaps' is missing or no array")
        }
        let paired = try marks.map { text in
            guard case .mark(let mark) = GapNeighbor(notation: text) else {
                throw fault("paired '\(text)' is no punctuation mark")
            }
            return mark
        }
        var gaps: [GapPlace: [UInt8]] = [:]
        for (index, row) in rows.enumerated() {
            guard let fields = row.stringsValue, fields.count == 3,
                let before = GapNeighbor(notation: fields[0]),
                let after = GapNeighbor(notation: fields[1]),
                fields[2].unicodeScalars.allSatisfy(\.properties.isWhitespace)
            else { throw fault("gap \(index) is not two sides and white space") }
            gaps[GapPlace(before: before, after: after)] = Array(fields[2].utf8)
        }
        self.init(paired: Set(paired), gaps: gaps)
    }
}
