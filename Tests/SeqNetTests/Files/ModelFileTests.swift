import Foundation
import SeqNet
import TestSupport
import Testing

@Suite struct ModelFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// What make_files.py put into model.safetensors.
    private static let golden = ModelMetadata(
        task: "lm", config: ["cell": "lstm", "hidden_size": 2, "dropout": 0.25],
        vocabulary: ["<eos>", "e\u{301}", "\"\\\n\u{1}"], history: [["epoch": 1, "loss": 1.0]],
        additional: ["training_state": "{}"])

    private func writeGolden(to path: String) throws {
        let bias: [Float] = [0.5, -1, 3.25]
        let weight = (0..<6).map { Float($0) / 8 }
        let ages: [UInt8] = [7, 8, 9]
        try bias.withUnsafeBufferPointer { bias in
            try weight.withUnsafeBufferPointer { weight in
                try ages.withUnsafeBytes { ages in
                    let tensors = [
                        SafetensorsTensor(name: "rnn.weight_hh_l0", shape: [3, 2], floats: weight),
                        SafetensorsTensor(name: "ages", type: .u8, shape: [3], bytes: ages),
                        SafetensorsTensor(name: "output.bias", shape: [3], floats: bias),
                    ]
                    try ModelFile.write(Self.golden, tensors: tensors, to: path)
                }
            }
        }
    }

    @Test func theBytesAreThoseOfTheGoldenFile() throws {
        try writeGolden(to: folder.path("a"))
        let golden = Array(try Data(contentsOf: URL(fileURLWithPath: goldenFile("model.safetensors"))))
        #expect(try folder.bytes(of: "a") == golden)
    }

    @Test(arguments: [FileAccess.mapped, .copied])
    func theGoldenFileIsRead(access: FileAccess) throws {
        let file = try ModelFile(path: goldenFile("model.safetensors"), access: access)
        #expect(file.metadata == Self.golden)
        #expect(file.metadata.vocabulary[1].utf8.elementsEqual("e\u{301}".utf8))
        #expect(Array(try file.floats(named: "output.bias", shape: [3])) == [0.5, -1, 3.25])
        #expect(
            Array(try file.floats(named: "rnn.weight_hh_l0", shape: [3, 2]))
                == [0, 0.125, 0.25, 0.375, 0.5, 0.625])
        #expect(Array(try file.tensors.bytes(named: "ages")) == [7, 8, 9])
    }

    @Test func labelsAreKept() throws {
        let metadata = ModelMetadata(
            task: "tag", config: [:], vocabulary: ["a"], labels: ["NOUN", "VERB"])
        try ModelFile.write(metadata, tensors: [], to: folder.path("a"))
        #expect(try ModelFile(path: folder.path("a")).metadata == metadata)
    }

    @Test func aNaNInTheHistoryIsRefused() throws {
        let metadata = ModelMetadata(
            task: "lm", config: [:], vocabulary: [], history: [["loss": .number(.nan)]])
        expectSeqNetError(.badData, "'0.loss' is nan") {
            try ModelFile.write(metadata, tensors: [], to: folder.path("a"))
        }
        #expect(try folder.names() == [])
    }

    @Test func aWrongShapeNamesTheOptionsOfTheFile() throws {
        let path = goldenFile("model.safetensors")
        let file = try ModelFile(path: path)
        expectSeqNetError(
            .badData,
            "model '\(path)', tensor 'rnn.weight_hh_l0': expected [2048, 512], found [3, 2]; "
                + "the file was made with --cell lstm --hidden-size 2"
        ) { _ = try file.floats(named: "rnn.weight_hh_l0", shape: [2048, 512]) }
    }

    @Test func aRunsFolderMeansItsModel() throws {
        expectSeqNetError(.cannotRead, "folder '\(folder.path)': holds no model.safetensors") {
            _ = try ModelFile(path: folder.path)
        }
        try writeGolden(to: folder.path("last.safetensors"))
        expectSeqNetError(
            .cannotRead, "has no model.safetensors yet", "or name its checkpoint '\(folder.path)/last"
        ) { _ = try ModelFile(path: folder.path) }
        try writeGolden(to: folder.path("model.safetensors"))
        #expect(try ModelFile(path: folder.path).path == folder.path("model.safetensors"))
        #expect(try ModelFile(path: folder.path("last.safetensors")).metadata.task == "lm")
        expectSeqNetError(.cannotRead, "model '\(folder.path)/none': cannot read: No such file") {
            _ = try ModelFile(path: folder.path("none"))
        }
    }
}

// MARK: - Damage

extension ModelFileTests {
    private func golden() throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: goldenFile("model.safetensors"))))
    }

    @Test func everyFlippedBitIsFound() throws {
        let whole = try golden()
        let path = folder.path("flipped")
        for index in whole.indices {
            for bit in 0..<8 {
                var bytes = whole
                bytes[index] ^= 1 << bit
                try folder.write(bytes, to: "flipped")
                let error = #expect(throws: SeqNetError.self, "byte \(index), bit \(bit)") {
                    _ = try ModelFile(path: path)
                }
                #expect(error?.kind == .badData)
            }
        }
    }

    @Test(arguments: [FileAccess.mapped, .copied])
    func everyTruncationIsFound(access: FileAccess) throws {
        let whole = try golden()
        for count in whole.indices {
            let path = try folder.write(Array(whole[..<count]), to: "cut")
            expectSeqNetError(.badData, "model '\(path)'") {
                _ = try ModelFile(path: path, access: access)
            }
            if count >= 512 {  // the data region begins there
                expectSeqNetError(.badData, "ends \(whole.count - count) bytes early; copy") {
                    _ = try ModelFile(path: path, access: access)
                }
            }
        }
    }

    @Test func anAppendedByteIsFound() throws {
        let path = try folder.write(try golden() + [0], to: "longer")
        expectSeqNetError(.badData, "the last 1 bytes belong to no tensor") {
            _ = try ModelFile(path: path)
        }
    }

    @Test func aFlippedBitOfTheDataIsBlamedOnTheData() throws {
        var bytes = try golden()
        bytes[bytes.count - 1] ^= 1
        let path = try folder.write(bytes, to: "flipped")
        expectSeqNetError(.badData, "the data does not match its checksum ('checksum')", "copy or") {
            _ = try ModelFile(path: path)
        }
        expectSeqNetError(.badData, "the data does not match its checksum") {
            _ = try SafetensorsFile(path: path)
        }
    }
}

// MARK: - Other programs and other versions

extension ModelFileTests {
    /// The golden metadata without checksums, as another program would write it.
    private static let strings: [String: JSONValue] = [
        "format": "seqnet", "format_version": "1", "task": "lm", "config": "{}",
        "vocabulary": "[]", "history": "[]",
    ]

    private func write(_ change: [String: JSONValue?]) throws -> String {
        var metadata = Self.strings
        for (key, value) in change { metadata[key] = value }
        let header = try JSONValue.object(["__metadata__": .object(metadata)]).serialized()
        return try folder.write(safetensorsBytes(header), to: "other")
    }

    @Test func checksumsMayBeMissing() throws {
        let file = try ModelFile(path: try write(["extra": "x"]))
        #expect(file.metadata.additional == ["extra": "x"])
        #expect(file.metadata.labels == nil)
    }

    @Test func anotherProgramsFileIsToldApart() throws {
        let foreign = goldenFile("foreign.safetensors")
        expectSeqNetError(.badData, "model '\(foreign)': has no SeqNet configuration") {
            _ = try ModelFile(path: foreign)
        }
        let plain = try folder.write(safetensorsBytes("{}"), to: "plain")
        expectSeqNetError(.badData, "has no SeqNet configuration") {
            _ = try ModelFile(path: plain)
        }
    }

    static let changes: [(key: String, value: JSONValue?, message: String)] = [
        ("format_version", "2", "format version 2 is newer than version 1 of this seqnet; update"),
        ("format_version", "999999999999999999999", "expected a number"),
        ("format_version", "0", "metadata 'format_version': expected a number, found '0'"),
        ("format_version", "one", "expected a number, found 'one'"),
        ("format_version", nil, "expected a number, found ''"),
        ("task", nil, "its metadata lacks 'task'"),
        ("config", nil, "its metadata lacks 'config'"),
        ("config", "[]", "metadata 'config': expected an object"),
        ("config", "{", "metadata 'config', line 1, column 2"),
        ("vocabulary", nil, "its metadata lacks 'vocabulary'"),
        ("vocabulary", "[1]", "metadata 'vocabulary': expected an array of strings"),
        ("vocabulary", "{}", "expected an array of strings"),
        ("labels", "[null]", "metadata 'labels': expected an array of strings"),
        ("history", "{}", "metadata 'history': expected an array"),
        ("checksum", "00000000", "has 'checksum' but not 'header_checksum'"),
        ("header_checksum", "00000000", "has 'header_checksum' but not 'checksum'"),
    ]

    @Test(arguments: changes)
    func wrongMetadataIsExplained(key: String, value: JSONValue?, message: String) throws {
        let path = try write([key: value])
        expectSeqNetError(.badData, "model '\(path)'", message) { _ = try ModelFile(path: path) }
    }

    /// The version is looked at first: a newer version may have other checksums.
    @Test func aNewerVersionIsNotTakenForDamage() throws {
        let path = try write(
            ["format_version": "2", "checksum": "12345678", "header_checksum": "12345678"])
        expectSeqNetError(.badData, "update seqnet") { _ = try ModelFile(path: path) }
    }
}
