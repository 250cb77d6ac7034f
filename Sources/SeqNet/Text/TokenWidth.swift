/// The bytes that a stored token id takes.
enum TokenWidth: Int {
    case one = 1
    case two = 2
    case four = 4

    /// The least width that holds all ids of a vocabulary.
    init(vocabularySize: Int) {
        self = vocabularySize <= 1 << 8 ? .one : vocabularySize <= 1 << 16 ? .two : .four
    }
}
