/// Losses in nats, one a row of a batch; valid until the tape is reset.
public struct Loss {
    public let rows: UnsafeBufferPointer<Float>

    /// The sum over all rows, in float64.
    public var total: Double { rows.reduce(0) { $0 + Double($1) } }

    /// The mean over all rows.
    public var mean: Double { total / Double(rows.count) }
}
