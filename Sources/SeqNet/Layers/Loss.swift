/// Losses, one a row of a batch, or one a sequence where they are of whole sequences: in nats, or
/// squared errors. Valid until the tape is reset.
public struct Loss {
    public let rows: UnsafeBufferPointer<Float>

    /// The sum of all, in float64.
    public var total: Double { rows.reduce(0) { $0 + Double($1) } }

    /// The mean of all.
    public var mean: Double { total / Double(rows.count) }
}
