import Foundation
import SeqNet
import Testing

@Suite struct JSONValueCodableTests {
    private struct State: Codable, Equatable {
        var step: Int
        var loss: Double
        var rate: Float
        var names: [String]
        var best: Double?
    }

    @Test func anEncodableValueBecomesADocumentAndComesBack() throws {
        let state = State(step: 3, loss: 1.0 / 3, rate: 0.002, names: ["é", "e\u{301}"], best: nil)
        let value = try JSONValue(encoding: state)
        #expect(
            try value.serialized()
                == "{\"loss\":0.3333333333333333,\"names\":[\"é\",\"e\u{301}\"],\"rate\":0.002,\"step\":3}")
        #expect(try value.decoded(as: State.self, subject: "state") == state)
    }

    @Test func aNaNIsNamed() {
        let state = State(step: 3, loss: .nan, rate: 0, names: [], best: nil)
        expectSeqNetError(.badData, "'loss' is nan") { _ = try JSONValue(encoding: state) }
    }

    @Test func aWrongMemberIsNamed() {
        let document: JSONValue = ["step": 3, "loss": 1, "rate": 0.5, "names": ["a", 2]]
        expectSeqNetError(.badData, "state: 'names.1' should be of type String") {
            _ = try document.decoded(as: State.self, subject: "state")
        }
        expectSeqNetError(.badData, "state: 'step' is missing") {
            _ = try JSONValue.object([:]).decoded(as: State.self, subject: "state")
        }
    }

    @Test func itIsCodableItself() throws {
        let value: JSONValue = ["a": [1, 2.5, "x", nil, true], "b": ["c": []]]
        let data = try JSONEncoder().encode(["inner": value])
        #expect(try JSONDecoder().decode([String: JSONValue].self, from: data) == ["inner": value])
    }
}
