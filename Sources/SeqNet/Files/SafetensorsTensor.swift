/// A tensor to be written: a name, a type, a shape, and memory that the caller keeps alive.
public struct SafetensorsTensor {
    public let name: String
    public let type: SafetensorsType
    /// The lengths of its dimensions, outermost first; empty for a scalar.
    public let shape: [Int]
    /// Its elements in row-major order, little-endian. Borrowed: valid until written.
    public let bytes: UnsafeRawBufferPointer

    /// - Precondition: `bytes` holds exactly as many elements as `shape` has.
    public init(
        name: String, type: SafetensorsType, shape: [Int], bytes: UnsafeRawBufferPointer
    ) {
        precondition(shape.allSatisfy { $0 >= 0 }, "tensor '\(name)': a negative length")
        precondition(
            type.byteCount(shape: shape) == bytes.count,
            "tensor '\(name)': \(bytes.count) bytes do not make \(shape) of \(type.rawValue)")
        self.name = name
        self.type = type
        self.shape = shape
        self.bytes = bytes
    }

    /// A tensor of floats.
    /// - Precondition: `floats` holds exactly as many elements as `shape` has.
    public init(name: String, shape: [Int], floats: UnsafeBufferPointer<Float>) {
        self.init(name: name, type: .f32, shape: shape, bytes: UnsafeRawBufferPointer(floats))
    }
}
