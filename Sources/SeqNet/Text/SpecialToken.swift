/// Tokens that stand for no piece of text. A text that spells one out means the token
/// itself, as WikiText does with `<unk>`.
public enum SpecialToken {
    /// The bytes of `<eos>`, which closes every line of words.
    public static let endOfSequence = Array("<eos>".utf8)
    /// The bytes of `<unk>`, to which words and characters outside the vocabulary fall.
    public static let unknown = Array("<unk>".utf8)
}
