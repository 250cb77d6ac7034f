extension JSONValue {
    /// The document as text, the same for equal documents: keys sorted by their UTF-8 bytes,
    /// integers without a point, other numbers in the shortest form that reads back as the
    /// same double (always with a point or an exponent), non-ASCII text as it is.
    ///
    /// - Parameter pretty: whether to put each member and element on a line of its own.
    /// - Throws: `SeqNetError(.badData)` that names the place of a NaN or an infinity, which
    ///   JSON cannot hold.
    public func serialized(pretty: Bool = false) throws -> String {
        String(decoding: try serializedBytes(pretty: pretty), as: UTF8.self)
    }

    /// ``serialized(pretty:)`` as UTF-8 bytes.
    func serializedBytes(pretty: Bool = false) throws -> [UInt8] {
        var writer = JSONWriter(pretty: pretty)
        try writer.append(self)
        return writer.bytes
    }
}
