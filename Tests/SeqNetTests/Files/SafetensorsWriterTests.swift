import Foundation
import SeqNet
import Testing

@Suite struct SafetensorsWriterTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Writes three tensors of different types, in the order of `names`.
    private func write(_ names: [String], to name: String) throws {
        let floats: [Float] = [1, -0.0, .nan, .infinity]
        let longs: [Int64] = [.min, 7]
        let bytes: [UInt8] = [1, 2, 3]
        try floats.withUnsafeBufferPointer { floats in
            try longs.withUnsafeBytes { longs in
                try bytes.withUnsafeBytes { bytes in
                    let tensors = [
                        "w": SafetensorsTensor(name: "w", shape: [2, 2], floats: floats),
                        "long": SafetensorsTensor(name: "long", type: .i64, shape: [2], bytes: longs),
                        "byte": SafetensorsTensor(name: "byte", type: .u8, shape: [3, 1], bytes: bytes),
                        "none": SafetensorsTensor(
                            name: "none", shape: [0, 4], floats: UnsafeBufferPointer(start: nil, count: 0)),
                    ]
                    try SafetensorsWriter.write(
                        names.map { tensors[$0]! }, metadata: ["k": "v", "é": "\"\n"],
                        to: folder.path(name))
                }
            }
        }
    }

    @Test(arguments: [FileAccess.mapped, .copied])
    func whatIsWrittenIsReadBack(access: FileAccess) throws {
        try write(["w", "long", "byte", "none"], to: "a")
        let file = try SafetensorsFile(path: folder.path("a"), access: access)
        let floats = try file.floats(named: "w", shape: [2, 2])
        #expect(
            floats.map(\.bitPattern)
                == [Float(1), -0.0, .nan, .infinity].map(\.bitPattern))
        #expect(try file.bytes(named: "long").load(as: Int64.self) == .min)
        #expect(Array(try file.bytes(named: "byte")) == [1, 2, 3])
        #expect(try file.floats(named: "none", shape: [0, 4]).isEmpty)
        #expect(file.metadata["k"] == "v")
        #expect(file.metadata["é"] == "\"\n")
        #expect(file.entries.map(\.name) == ["long", "none", "w", "byte"])
    }

    @Test func theBytesDoNotDependOnTheOrderGiven() throws {
        try write(["w", "long", "byte", "none"], to: "a")
        try write(["none", "byte", "w", "long"], to: "b")
        #expect(try folder.bytes(of: "a") == folder.bytes(of: "b"))
        #expect(try folder.names() == ["a", "b"])
    }

    /// Against the rules of the format, with another JSON parser.
    @Test func theBytesKeepTheRulesOfTheFormat() throws {
        try write(["w", "long", "byte", "none"], to: "a")
        let bytes = try folder.bytes(of: "a")
        let length = bytes.prefix(8).enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
        #expect((8 + length) % 64 == 0)
        let header = bytes[8..<8 + length]
        #expect(header.first == UInt8(ascii: "{"))
        let document = try JSONSerialization.jsonObject(with: Data(header))
        let members = try #require(document as? [String: Any])
        #expect(members.count == 5)
        let metadata = try #require(members["__metadata__"] as? [String: String])
        #expect(Set(metadata.keys) == ["k", "é", "checksum", "header_checksum"])
        let tensor = try #require(members["w"] as? [String: Any])
        #expect(tensor["dtype"] as? String == "F32")
        #expect(tensor["shape"] as? [Int] == [2, 2])
        #expect(tensor["data_offsets"] as? [Int] == [16, 32])
        #expect(bytes.count == 8 + length + 35)
        var crc = CRC32C()
        bytes[(8 + length)...].withUnsafeBytes { crc.update($0) }
        #expect(metadata["checksum"] == crc.hexadecimal)
    }

    @Test func withoutTensorsTheFileIsItsHeader() throws {
        try SafetensorsWriter.write([], metadata: [:], to: folder.path("a"))
        let file = try SafetensorsFile(path: folder.path("a"))
        #expect(file.entries.isEmpty)
        #expect(file.metadata["checksum"] == "00000000")
    }

    @Test func aFailureLeavesTheOldFile() throws {
        try write(["w"], to: "a")
        let old = try folder.bytes(of: "a")
        expectSeqNetError(.cannotWrite, "make the folder '\(folder.path)/none' first") {
            try write(["long"], to: "none/a")
        }
        expectSeqNetError(.cannotWrite, "a part of the path is a file") {
            try write(["long"], to: "a/b")
        }
        #expect(try folder.bytes(of: "a") == old)
        #expect(try folder.names() == ["a"])
    }

    @Test func aHeaderBeyondTheFormatsLimitIsRefused() throws {
        let metadata = ["vocabulary": String(repeating: "x", count: 100_000_000)]
        expectSeqNetError(.badData, "the format allows 100000000", "smaller --vocab-size") {
            try SafetensorsWriter.write([], metadata: metadata, to: folder.path("a"))
        }
        #expect(try folder.names() == [])
    }
}
