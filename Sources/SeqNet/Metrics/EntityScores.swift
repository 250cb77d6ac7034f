/// How many of the entities of a text a tagger found, as the `conlleval` script of CoNLL-2000 and
/// the default mode of seqeval count: an entity is right when its type and all its words are.
///
/// ```swift
/// var scores = EntityScores()
/// scores.add(actual: ["B-PER", "I-PER", "O"], predicted: ["B-PER", "O", "O"])
/// print(scores.total.f1)
/// ```
public struct EntityScores: Equatable, Sendable {
    /// Entities of one type, or of all.
    public struct Counts: Equatable, Sendable {
        /// In the data.
        public fileprivate(set) var actual = 0
        /// What the tagger said.
        public fileprivate(set) var predicted = 0
        /// Those that are both.
        public fileprivate(set) var correct = 0

        /// The share of the predicted entities that are right; 0 where none was predicted.
        public var precision: Double { predicted == 0 ? 0 : Double(correct) / Double(predicted) }
        /// The share of the actual entities that were found; 0 where there are none.
        public var recall: Double { actual == 0 ? 0 : Double(correct) / Double(actual) }
        /// The harmonic mean of both; 0 where there are no entities at all.
        public var f1: Double {
            actual + predicted == 0 ? 0 : 2 * Double(correct) / Double(actual + predicted)
        }
    }

    /// The counts of each type that stands in the data or was predicted.
    public private(set) var types: [String: Counts] = [:]

    public init() {}

    /// Counts a sentence, given by the tags of its words. Tags that make no sense are read as
    /// `Entity.all(in:)` tells.
    public mutating func add(actual: [String], predicted: [String]) {
        precondition(actual.count == predicted.count, "two tags of each word")
        let actual = Entity.all(in: actual), predicted = Entity.all(in: predicted)
        for entity in actual { types[entity.type, default: Counts()].actual += 1 }
        for entity in predicted { types[entity.type, default: Counts()].predicted += 1 }
        let known = Set(actual)
        for entity in predicted where known.contains(entity) { types[entity.type]!.correct += 1 }
    }

    /// The counts of all types together, whose scores are the micro-averages.
    public var total: Counts {
        types.values.reduce(into: Counts()) {
            $0.actual += $1.actual
            $0.predicted += $1.predicted
            $0.correct += $1.correct
        }
    }
}
