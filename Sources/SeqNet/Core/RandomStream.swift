/// Numbers of the independent random streams of one seed. The upper byte tells the purpose.
enum RandomStream {
    /// Parameter number `parameter` of a model.
    static func initialization(parameter: Int) -> UInt64 { 1 << 56 | UInt64(parameter) }

    /// Draw number `draw` (a dropout) within training step `step`.
    static func dropout(step: Int, draw: Int) -> UInt64 { 2 << 56 | UInt64(step) << 16 | UInt64(draw) }

    /// The weights, of a model's parameter number `parameter`, that training step `step` leaves out.
    static func recurrentDropout(step: Int, parameter: Int) -> UInt64 {
        7 << 56 | UInt64(step) << 16 | UInt64(parameter)
    }

    /// The order of the records in an epoch, counted from 0.
    static func order(epoch: Int) -> UInt64 { 4 << 56 | UInt64(epoch) }

    /// The order in which records are cut into training, validation and test parts.
    static let split: UInt64 = 5 << 56

    /// The label of sampled sequence number `sequence`.
    static func label(sequence: Int) -> UInt64 { 6 << 56 | UInt64(sequence) }

    /// Sampled sequence number `sequence`.
    static func sampling(sequence: Int) -> UInt64 { 3 << 56 | UInt64(sequence) }
}
