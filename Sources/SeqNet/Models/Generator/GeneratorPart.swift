/// Encoded sequences with their conditions. Records whose labels the model does not know are left out
/// and counted.
public struct GeneratorPart: Sendable {
    /// What error messages call it.
    public let name: String
    /// Tokens that the vocabulary lacks.
    public let unknownCount: Int
    /// Labels that the model does not know, and how many records of each are left out.
    public let unknownLabels: LabelCounts
    /// With the ends of their sequences.
    let texts: TokenSequences
    let conditions: [GeneratorCondition]

    public var records: Int { conditions.count }
    /// Tokens of all texts, each with its end.
    public var tokens: Int { texts.tokens }

    /// - Throws: `badData` for what is no vector of the right size, a NUL character, and when the model
    ///   knows the label of no record.
    public init(
        _ records: [ConditionedText], name: String, _ tokenizer: Tokenizer, _ vocabulary: Vocabulary,
        _ conditions: GeneratorConditions
    ) throws {
        var texts = TokenSequences(), known: [GeneratorCondition] = []
        var unknown = 0, unknownLabels = LabelCounts()
        for record in records {
            guard let condition = try conditions.known(record.label, place: record.place) else {
                unknownLabels.add(record.label)
                continue
            }
            known.append(condition)
            let encoded = try tokenizer.encode(
                prompt: record.text, with: vocabulary, source: record.place)
            texts.append(encoded.ids + [Int32(vocabulary.count)])
            unknown += encoded.unknownCount
        }
        guard !known.isEmpty else {
            throw SeqNetError(
                .badData, "\(name): has no record with a label that the model knows; the model's are "
                    + "\((conditions.labelNames ?? []).joined(separator: ", ")); those of tunes stand "
                    + "where --label says")
        }
        self.name = name
        self.texts = texts
        self.conditions = known
        self.unknownLabels = unknownLabels
        unknownCount = unknown
    }

    /// A hash of all that a run would learn from.
    var fingerprint: String {
        var fingerprint = Fingerprint()
        texts.add(to: &fingerprint)
        for condition in conditions {
            switch condition {
            case .label(let id): fingerprint.add(Int(id))
            case .vector(let values): for value in values { fingerprint.add(Int(value.bitPattern)) }
            }
        }
        return fingerprint.text
    }
}
