import SeqNet
import Testing

@Suite struct JSONValueTests {
    @Test func membersAndElementsAreReached() {
        let value: JSONValue = [
            "yes": true, "three": 3, "half": 0.5, "word": "lstm", "list": [1, nil], "names": ["a", "b"],
        ]
        #expect(value["yes"]?.boolValue == true)
        #expect(value["three"]?.intValue == 3)
        #expect(value["three"]?.doubleValue == 3)
        #expect(value["half"]?.doubleValue == 0.5)
        #expect(value["half"]?.intValue == nil)
        #expect(value["word"]?.stringValue == "lstm")
        #expect(value["list"]?.arrayValue == [1, .null])
        #expect(value["list"]?.stringsValue == nil)
        #expect(value["names"]?.stringsValue == ["a", "b"])
        #expect(value["none"] == nil)
        #expect(value["word"]?["none"] == nil)
    }

    @Test func membersAreSetAndRemoved() {
        var value: JSONValue = ["a": 1]
        value["b"] = "x"
        value["a"] = nil
        #expect(value == ["b": "x"])
    }

    @Test func equalityComparesBytesAndKinds() {
        #expect(JSONValue.string("é") != .string("e\u{301}"))
        #expect(JSONValue.object(["é": 1]) != .object(["e\u{301}": 1]))
        #expect(JSONValue.integer(1) != .number(1))
        #expect(JSONValue.object(["a": [1, 2]]) == .object(["a": [1, 2]]))
        #expect(JSONValue.object(["a": 1]) != .object(["b": 1]))
        #expect(JSONValue.null != .bool(false))
    }

    @Test func membersKeepKeysThatDifferInBytesAlone() throws {
        let value = JSONValue.members([(key: "é", value: 1), (key: "e\u{301}", value: 2)])
        #expect(try value.serialized().utf8.elementsEqual("{\"e\u{301}\":2,\"é\":1}".utf8))
        #expect(value == .members([(key: "e\u{301}", value: 2), (key: "é", value: 1)]))
        #expect(value != .members([(key: "e\u{301}", value: 1), (key: "é", value: 2)]))
        #expect(JSONValue.members([(key: "a", value: 1)]) == ["a": 1])
        #expect(value["é"] == 1 && JSONValue.members([])["é"] == nil)
    }
}
