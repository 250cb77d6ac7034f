/// Encoded texts with their labels. Records without text are left out and counted.
public struct ClassifierPart: Sendable {
    /// What error messages call it.
    public let name: String
    /// Tokens that the vocabulary lacks.
    public let unknownCount: Int
    /// Records that have no text.
    public let skipped: Int
    let sequences: TokenSequences
    /// As they stand in the data, also those that the model does not know.
    let labels: [String]
    /// The id of each label; nil for one that the model does not know.
    let labelIDs: [Int32?]

    /// The number of texts.
    public var records: Int { labels.count }
    /// Tokens of all texts.
    public var tokens: Int { sequences.tokens }

    /// - Throws: `badData` for a NUL character, and when no record has a text.
    public init(
        _ records: [LabelledText], name: String, _ tokenizer: Tokenizer, _ vocabulary: Vocabulary,
        _ labels: LabelSet
    ) throws {
        var sequences = TokenSequences()
        var kept: [String] = []
        var unknown = 0
        for record in records {
            let encoded = try tokenizer.encode(
                prompt: record.text, with: vocabulary, source: name, firstLine: record.line)
            if encoded.ids.isEmpty { continue }
            sequences.append(encoded.ids)
            kept.append(record.label)
            unknown += encoded.unknownCount
        }
        guard !kept.isEmpty else {
            throw SeqNetError(.badData, "\(name): no record has a text; give others, or another --text-column")
        }
        self.name = name
        self.sequences = sequences
        self.labels = kept
        labelIDs = kept.map(labels.id)
        unknownCount = unknown
        skipped = records.count - kept.count
    }

    /// Labels that the model does not know, and how often they stand in the part.
    public var unknownLabels: LabelCounts {
        var counts = LabelCounts()
        for (label, id) in zip(labels, labelIDs) where id == nil { counts.add(label) }
        return counts
    }

    /// A hash of all that a run would learn from.
    var fingerprint: String {
        var fingerprint = Fingerprint()
        sequences.add(to: &fingerprint)
        for label in labels { fingerprint.add(Array(label.utf8)[...]) }
        return fingerprint.text
    }
}
