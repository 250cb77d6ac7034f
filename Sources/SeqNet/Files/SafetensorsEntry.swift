/// A tensor as the header of a safetensors file describes it.
public struct SafetensorsEntry: Equatable, Sendable {
    public let name: String
    public let type: SafetensorsType
    /// The lengths of its dimensions, outermost first; empty for a scalar.
    public let shape: [Int]
    /// Its bytes, counted from the start of the data region.
    public let range: Range<Int>
}
