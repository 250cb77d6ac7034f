import Foundation
import SeqNet
import Testing

@Suite struct SafetensorsFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: [FileAccess.mapped, .copied])
    func aFileOfThePythonPackageIsRead(access: FileAccess) throws {
        let file = try SafetensorsFile(path: goldenFile("foreign.safetensors"), access: access)
        #expect(file.metadata == ["format": "np", "by": "é"])
        #expect(Set(file.entries.map(\.name)) == ["a", "b", "empty", "scalar"])
        #expect(Array(try file.floats(named: "a", shape: [2])) == [1.5, -2])
        #expect(Array(try file.bytes(named: "b")) == [1, 2, 3])
        #expect(try file.bytes(named: "empty").isEmpty)
        #expect(file.entry(named: "empty")?.shape == [0, 2])
        #expect(file.entry(named: "scalar")?.shape == [])
        #expect(file.entry(named: "scalar")?.type == .i64)
        #expect(try file.bytes(named: "scalar").loadUnaligned(as: Int64.self) == -7)
        #expect(file.entry(named: "none") == nil)
    }

    /// Data that begins at an odd address, and a float tensor behind a single byte.
    @Test(arguments: [FileAccess.mapped, .copied], [0, 1, 2, 3])
    func floatsAtAnyAddressAreRead(access: FileAccess, spaces: Int) throws {
        let header =
            #"{"u":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"#
            + #""f":{"dtype":"F32","shape":[1,2],"data_offsets":[1,9]}}"#
            + String(repeating: " ", count: spaces)
        let floats = [Float(1.25), -3].withUnsafeBytes { Array($0) }
        let path = try folder.write(safetensorsBytes(header, data: [9] + floats), to: "odd")
        let file = try SafetensorsFile(path: path, access: access)
        let read = try file.floats(named: "f", shape: [1, 2])
        #expect(Array(read) == [1.25, -3])
        #expect(UInt(bitPattern: read.baseAddress) % 4 == 0)
        #expect(Array(try file.bytes(named: "u")) == [9])
    }

    @Test func aFileWithoutTensorsIsRead() throws {
        let path = try folder.write(safetensorsBytes("{}"), to: "none")
        let file = try SafetensorsFile(path: path)
        #expect(file.entries.isEmpty)
        #expect(file.metadata.isEmpty)
        expectSeqNetError(.badData, "has no tensor 'w', its tensors are: none") {
            _ = try file.bytes(named: "w")
        }
    }

    @Test func tensorsWithoutBytesMayStandAnywhere() throws {
        let header =
            #"{"z":{"dtype":"F32","shape":[0],"data_offsets":[4,4]},"#
            + #""y":{"dtype":"F32","shape":[3,0],"data_offsets":[0,0]},"#
            + #""a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}"#
        let path = try folder.write(safetensorsBytes(header, data: [0, 0, 0x80, 0x3F]), to: "zero")
        let file = try SafetensorsFile(path: path)
        #expect(file.entries.map(\.name) == ["y", "a", "z"])
        #expect(try file.floats(named: "y", shape: [3, 0]).isEmpty)
        #expect(Array(try file.floats(named: "a", shape: [])) == [1])
    }

    @Test func aWrongRequestIsExplained() throws {
        let path = goldenFile("foreign.safetensors")
        let file = try SafetensorsFile(path: path)
        expectSeqNetError(
            .badData, "file '\(path)', tensor 'a': expected [2, 1], found [2]; name a file"
        ) { _ = try file.floats(named: "a", shape: [2, 1]) }
        expectSeqNetError(.badData, "tensor 'b': expected F32, found U8") {
            _ = try file.floats(named: "b", shape: [3])
        }
        expectSeqNetError(.badData, "has no tensor 'c', its tensors are: ") {
            _ = try file.floats(named: "c", shape: [3])
        }
    }

    static let badEntries: [(entry: String, message: String)] = [
        (#"{"dtype":"F32","shape":[2],"data_offsets":[0,4]}"#,
            "[2] of F32 takes 8 bytes, found a range of 4"),
        (#"{"dtype":"F16","shape":[2],"data_offsets":[0,8]}"#, "of F16 takes 4 bytes"),
        (#"{"dtype":"F31","shape":[2],"data_offsets":[0,8]}"#, "the type 'F31' is unknown"),
        (#"{"dtype":4,"shape":[2],"data_offsets":[0,8]}"#, "'dtype' is no string"),
        (#"{"shape":[2],"data_offsets":[0,8]}"#, "'dtype' is no string"),
        (#"{"dtype":"F32","shape":2,"data_offsets":[0,8]}"#, "'shape' is no array"),
        (#"{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}"#, "non-negative integers"),
        (#"{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}"#, "non-negative integers"),
        (#"{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}"#, "non-negative integers"),
        (#"{"dtype":"F32","shape":[2]}"#, "'data_offsets' is no array"),
        (#"{"dtype":"F32","shape":[2],"data_offsets":[8]}"#, "are no range"),
        (#"{"dtype":"F32","shape":[2],"data_offsets":[0,4,8]}"#, "are no range"),
        (#"{"dtype":"F32","shape":[2],"data_offsets":[8,0]}"#, "are no range"),
        (#"{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}"#, "non-negative integers"),
        (#"{"dtype":"F32","shape":[2],"data_offsets":[1,9]}"#,
            "expected to begin at byte 0 of the data, found 1, which leaves a gap"),
        (#"{"dtype":"F32","shape":[2],"data_offsets":[9223372036854775800,9223372036854775807]}"#,
            "takes 8 bytes, found a range of 7"),
        (#"{"dtype":"F32","shape":[2],"data_offsets":[0,18446744073709551615]}"#,
            "the integer does not fit 64 bits"),
        (#"{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}"#,
            "fits no memory"),
        (#"{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}"#,
            "fits no memory"),
        (#"{"dtype":"F32","shape":[2],"data_offsets":[0,8],"strides":[1]}"#,
            "unknown field 'strides'"),
        (#"{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}"#,
            "the key 'dtype' stands twice"),
        ("[]", "expected an object, found an array"),
    ]

    @Test(arguments: badEntries) func aWrongTensorIsExplained(entry: String, message: String) throws {
        let bytes = safetensorsBytes("{\"w\":\(entry)}", data: Array(repeating: 0, count: 8))
        let path = try folder.write(bytes, to: "bad")
        expectSeqNetError(.badData, "file '\(path)'", message) {
            _ = try SafetensorsFile(path: path)
        }
    }

    static let badHeaders: [(header: String, message: String)] = [
        (#"{"a":{"dtype":"U8","shape":[5],"data_offsets":[0,5]},"b":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}"#,
            "tensor 'b': expected to begin at byte 5 of the data, found 4, which overlaps"),
        (#"{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}"#,
            "tensor 'b': expected to begin at byte 3 of the data, found 4, which leaves a gap"),
        (#"{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}"#,
            "overlaps"),
        (#"{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}"#,
            "the key 'a' stands twice"),
        (#"{"a":{"dtype":"U8","shape":[5],"data_offsets":[0,5]}}"#,
            "the last 3 bytes belong to no tensor"),
        (#"{"a":{"dtype":"U8","shape":[20],"data_offsets":[0,20]}}"#,
            "the file ends 12 bytes early; copy or download it again"),
        (#"{"__metadata__":[]}"#, "'__metadata__' is an array, expected an object"),
        (#"{"__metadata__":{"k":1}}"#, "metadata 'k': expected a string, found an integer"),
        (#"{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}"#, "expected ',' or '}'"),
        (#"{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}x"#, "expected the end"),
        (#"{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}  {}"#, "expected the end"),
    ]

    @Test(arguments: badHeaders) func aWrongHeaderIsExplained(header: String, message: String) throws {
        let bytes = safetensorsBytes(header, data: Array(repeating: 0, count: 8))
        let path = try folder.write(bytes, to: "bad")
        expectSeqNetError(.badData, "file '\(path)'", message) {
            _ = try SafetensorsFile(path: path)
        }
    }

    @Test func aHeaderThatNestsDeeplyOrIsNoUTF8IsAnErrorOnly() throws {
        let deep = try folder.write(
            safetensorsBytes("{\"a\":" + String(repeating: "[", count: 1_000_000)), to: "deep")
        expectSeqNetError(.badData, "header, line 1", "nested deeper than 128") {
            _ = try SafetensorsFile(path: deep)
        }
        let bytes = Array("{\"".utf8) + [0xFF] + Array("\":1}".utf8)
        let binary = try folder.write(safetensorsBytes(bytes), to: "binary")
        expectSeqNetError(.badData, "header, line 1, column 3: the text is not UTF-8") {
            _ = try SafetensorsFile(path: binary)
        }
    }

    @Test(arguments: [0, 1, 100_000_001, UInt64(Int64.max), UInt64.max])
    func aHeaderLengthThatCannotBeIsRefused(length: UInt64) throws {
        let bytes = safetensorsBytes(Array("{}      ".utf8), length: length)
        let path = try folder.write(bytes, to: "length")
        expectSeqNetError(.badData, "not a safetensors file, or its start is damaged") {
            _ = try SafetensorsFile(path: path)
        }
    }

    @Test func aHeaderThatIsCutOffIsMissed() throws {
        let bytes = safetensorsBytes(Array("{}      ".utf8), length: 100_000_000)
        let path = try folder.write(bytes, to: "cut")
        expectSeqNetError(.badData, "the file ends at least 99999992 bytes early") {
            _ = try SafetensorsFile(path: path)
        }
    }

    static let strangers: [(beginning: [UInt8], message: String)] = [
        ([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3], "a gzip archive; unpack it first"),
        ([0x50, 0x4B, 3, 4, 0, 0, 8, 8, 0, 0], "a zip archive, as PyTorch's .pt files are"),
        ([0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9], "a Python pickle"),
        ([0x08, 0x08, 0x12, 0x07] + Array("pytorch".utf8), "an ONNX model"),
        (Array("GGUF".utf8) + [3, 0, 0, 0, 0], "a GGUF model"),
        (Array("First Citizen:\nBefore we proceed any further".utf8), "a text; name the model"),
        (Array("{\"a\": 1}".utf8), "a text"),
        (Array("version https://git-lfs.github.com/spec/v1\n".utf8), "a pointer of Git LFS"),
    ]

    @Test(arguments: strangers) func aStrangerIsRecognised(beginning: [UInt8], message: String) throws {
        let path = try folder.write(beginning, to: "stranger.safetensors")
        expectSeqNetError(.badData, "not a safetensors file but \(message)") {
            _ = try SafetensorsFile(path: path)
        }
    }

    @Test(arguments: [FileAccess.mapped, .copied])
    func whatIsNoReadableFileIsExplained(access: FileAccess) throws {
        expectSeqNetError(.cannotRead, "No such file or directory; check the path") {
            _ = try SafetensorsFile(path: folder.path("none"), access: access)
        }
        expectSeqNetError(.cannotRead, "is a folder") {
            _ = try SafetensorsFile(path: folder.path, access: access)
        }
        expectSeqNetError(.cannotRead, "is a device or a pipe") {
            _ = try SafetensorsFile(path: "/dev/null", access: access)
        }
        #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
        expectSeqNetError(.cannotRead, "is a device or a pipe") {
            _ = try SafetensorsFile(path: folder.path("pipe"), access: access)
        }
        let empty = try folder.write([], to: "empty")
        expectSeqNetError(.badData, "the file is empty") {
            _ = try SafetensorsFile(path: empty, access: access)
        }
    }

    @Test(.enabled(if: getuid() != 0, "root may read anything"))
    func aFileWithoutPermissionIsExplained() throws {
        let path = try folder.write(safetensorsBytes("{}"), to: "locked")
        chmod(path, 0)
        expectSeqNetError(.cannotRead, "Permission denied", "permission to read it") {
            _ = try SafetensorsFile(path: path)
        }
    }

    @Test func aCopyDoesNotFollowTheFile() throws {
        let bytes = safetensorsBytes(
            #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#, data: [1, 2])
        let path = try folder.write(bytes, to: "a")
        let file = try SafetensorsFile(path: path, access: .copied)
        #expect(truncate(path, 0) == 0)
        #expect(Array(try file.bytes(named: "a")) == [1, 2])
    }

    @Test func aReplacedFileStaysWholeInItsMap() throws {
        let path = folder.path("a")
        let old: [Float] = [1, 2]
        let new: [Float] = [3]
        func write(_ floats: [Float]) throws {
            try floats.withUnsafeBufferPointer {
                let tensor = SafetensorsTensor(name: "a", shape: [floats.count], floats: $0)
                try SafetensorsWriter.write([tensor], metadata: [:], to: path)
            }
        }
        try write(old)
        let file = try SafetensorsFile(path: path)
        try write(new)
        #expect(Array(try file.floats(named: "a", shape: [2])) == old)
        let replaced = try SafetensorsFile(path: path)
        #expect(Array(try replaced.floats(named: "a", shape: [1])) == new)
    }
}
