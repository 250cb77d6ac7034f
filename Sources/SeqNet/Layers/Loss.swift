/// Losses in nats, one a row of a batch, or one a sequence where they are of whole sequences;
/// valid until the tape is reset.
public struct Loss {
    public let rows: UnsafeBufferPointer<Float>

    /// The sum of all, in float64.
    public var total: Double { rows.reduce(0) { $0 + Double($1) } }

    /// The mean of all.
    public var mean: Double { total / Double(rows.count) }
}
