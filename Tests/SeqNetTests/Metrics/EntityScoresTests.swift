import TestSupport
import Testing

@testable import SeqNet

struct EntityScoresTests {
    private struct GoldenScores: Decodable {
        let precision, recall, f1: Double
        let actual: Int
    }

    private struct GoldenCase: Decodable {
        let name: String
        /// Tags of each sentence, divided by blanks.
        let actual, predicted: [String]
        /// `type first last` of each entity of each actual sentence.
        let entities: [[String]]
        let total: GoldenScores
        let types: [String: GoldenScores]
    }

    private func tags(_ text: String) -> [String] { text.split(separator: " ").map { String($0) } }

    private func expectEqual(_ counts: EntityScores.Counts?, _ golden: GoldenScores, _ name: String) {
        guard let counts else {
            Issue.record("\(name): no scores")
            return
        }
        #expect(counts.actual == golden.actual, "\(name)")
        #expect(abs(counts.precision - golden.precision) < 1e-12, "\(name)")
        #expect(abs(counts.recall - golden.recall) < 1e-12, "\(name)")
        #expect(abs(counts.f1 - golden.f1) < 1e-12, "\(name)")
    }

    @Test func scoresAreThoseOfSeqeval() throws {
        for golden in try GoldenFile.read("entity_scores", as: [GoldenCase].self) {
            var scores = EntityScores()
            for (index, actual) in golden.actual.enumerated() {
                let entities = Entity.all(in: tags(actual))
                    .map { "\($0.type) \($0.words.lowerBound) \($0.words.upperBound - 1)" }
                #expect(entities == golden.entities[index], "\(golden.name): \(actual)")
                scores.add(actual: tags(actual), predicted: tags(golden.predicted[index]))
            }
            expectEqual(scores.total, golden.total, golden.name)
            #expect(scores.types.keys.sorted() == golden.types.keys.sorted(), "\(golden.name)")
            for (type, expected) in golden.types {
                expectEqual(scores.types[type], expected, "\(golden.name), \(type)")
            }
        }
    }

    @Test func withoutEntitiesAllScoresAreZero() {
        var scores = EntityScores()
        scores.add(actual: ["O"], predicted: ["O"])
        #expect(scores.types.isEmpty)
        #expect(scores.total.precision == 0 && scores.total.recall == 0 && scores.total.f1 == 0)
    }

    @Test func theSameWordsInAnotherSentenceAreAnotherEntity() {
        var scores = EntityScores()
        scores.add(actual: ["B-PER"], predicted: ["O"])
        scores.add(actual: ["O"], predicted: ["B-PER"])
        #expect(scores.total.actual == 1 && scores.total.predicted == 1 && scores.total.correct == 0)
    }
}
