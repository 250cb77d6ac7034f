/// A short text as token ids.
public struct EncodedText: Sendable, Equatable {
    /// The ids of its tokens, in order.
    public let ids: [Int32]
    /// How many of them are `<unk>` because the vocabulary does not hold the token. A
    /// `<unk>` that the text spells out is not counted.
    public let unknownCount: Int
}
