/// How well a classifier tells the labels of texts.
public struct ClassifierEvaluation: Equatable, Sendable {
    public let confusion: ConfusionTable
    /// Mean cross-entropy in nats, over the records whose labels the model knows; nil where there is none.
    public let loss: Double?
    /// Records without text, which are not counted.
    public let skipped: Int
    /// Tokens of all texts, and those that the vocabulary lacks.
    public let tokens: Int
    public let unknown: Int

    /// The accuracy of always saying the label that stands most often in these records.
    public var majority: Double {
        let most = confusion.counts.map { $0.reduce(0, +) }.max() ?? 0
        return Double(max(most, confusion.unknown.map(\.count).max() ?? 0)) / Double(confusion.total)
    }

    /// As `seqnet evaluate --json` prints it.
    public var json: JSONValue {
        .object([
            "accuracy": .number(confusion.accuracy), "macro_f1": .number(confusion.macroF1),
            "majority": .number(majority),
            "mean_absolute_error": confusion.meanAbsoluteError.map { .number($0) } ?? .null,
            "loss": loss.map { $0.isFinite ? .number($0) : .null } ?? .null,
            "records": .integer(confusion.total), "skipped": .integer(skipped),
            "unknown_labels": .integer(confusion.unknownCount),
            "tokens": .integer(tokens), "unknown": .integer(unknown),
            "confusion": confusion.json,
        ])
    }
}

extension ConfusionTable {
    /// The labels, and for each of them how often which label was predicted where it stands.
    var json: JSONValue {
        .object([
            "labels": .array(labels.map { .string($0) }),
            "counts": .array(counts.map { .array($0.map { .integer($0) }) }),
        ])
    }
}

extension Classifier {
    /// Classifies all texts of a part and compares.
    /// - Parameters:
    ///   - batchSize: texts of one forward pass; no result depends on it.
    ///   - onProgress: told the share that is done, from 0 to 1.
    public func evaluate(
        _ part: ClassifierPart, batchSize: Int = 64, onProgress: (Double) -> Void = { _ in }
    ) -> ClassifierEvaluation {
        let answers = classify(part.sequences, batchSize: batchSize) {
            onProgress(Double($0) / Double(part.records))
        }
        var confusion = ConfusionTable(labels: labels.names)
        var loss = 0.0, known = 0
        for (index, answer) in answers.enumerated() {
            confusion.add(actual: part.labels[index], predicted: answer!.id)
            if let id = part.labelIDs[index] {
                loss -= Double(answer!.logProbabilities[Int(id)])
                known += 1
            }
        }
        return ClassifierEvaluation(
            confusion: confusion, loss: known > 0 ? loss / Double(known) : nil, skipped: part.skipped,
            tokens: part.tokens, unknown: part.unknownCount)
    }
}
