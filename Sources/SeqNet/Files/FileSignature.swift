/// Tells well-known kinds of files by how they begin, to explain a wrong file given.
enum FileSignature {
    /// What the file is, in an error's words ("a gzip archive"), and how to get from it what
    /// was wanted; nil when it begins like nothing known here.
    static func explain(_ bytes: UnsafeRawBufferPointer) -> (what: String, remedy: String)? {
        if let found = known.first(where: { bytes.starts(with: $0.beginning) }) {
            return (found.what, found.remedy)
        }
        if isONNX(bytes) { return ("an ONNX model", convert) }
        if isText(bytes) { return ("a text", "name the model file") }
        return nil
    }

    private static let unpack = "unpack it first"
    private static let convert =
        "load it in Python and save its tensors with safetensors.torch.save_file"

    private static let known: [(beginning: [UInt8], what: String, remedy: String)] = [
        ([0x1F, 0x8B], "a gzip archive", unpack),
        ([0x28, 0xB5, 0x2F, 0xFD], "a zstd archive", unpack),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "an xz archive", unpack),
        (Array("BZh".utf8), "a bzip2 archive", unpack),
        (Array("PK\u{3}\u{4}".utf8), "a zip archive, as PyTorch's .pt files are", convert),
        ([0x80, 0x02], "a Python pickle, as old .pt files are", convert),
        ([0x80, 0x03], "a Python pickle", convert),
        ([0x80, 0x04], "a Python pickle", convert),
        ([0x80, 0x05], "a Python pickle", convert),
        ([0x89, 0x48, 0x44, 0x46], "an HDF5 file, as Keras writes", convert),
        ([0x93] + Array("NUMPY".utf8), "a NumPy array", convert),
        (Array("GGUF".utf8), "a GGUF model", convert),
        (
            Array("version https://git-lfs".utf8), "a pointer of Git LFS, not the file itself",
            "fetch it with git lfs pull"
        ),
    ]

    /// A protobuf whose field 1 (the IR version) is a small number, and whose next field is
    /// one of the others that an ONNX model begins with (producer, version, graph, opset).
    private static func isONNX(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count > 2, bytes[0] == 0x08, bytes[1] < 0x20 else { return false }
        return [0x12, 0x1A, 0x22, 0x28, 0x3A, 0x42].contains(bytes[2])
    }

    /// Whether the file begins with 64 bytes (or all it has) of printable ASCII.
    private static func isText(_ bytes: UnsafeRawBufferPointer) -> Bool {
        !bytes.isEmpty
            && bytes.prefix(64).allSatisfy {
                (0x20..<0x7F).contains($0) || (0x09...0x0D).contains($0)
            }
    }
}
