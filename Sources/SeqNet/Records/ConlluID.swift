/// The first column of a CoNLL-U line.
enum ConlluID: Equatable {
    /// A word of the sentence, counted from 1.
    case word(Int)
    /// Words that are written as one, such as `8-9` for `did` and `n't` above `didn't`.
    case range(ClosedRange<Int>)
    /// A word that is understood, not written, such as `8.1`: it stands after that word.
    case emptyNode(after: Int)

    /// Nil for anything else.
    init?(_ field: ArraySlice<UInt8>) {
        func number(_ digits: ArraySlice<UInt8>) -> Int? {
            let isDigits = digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            return isDigits ? Int(String(decoding: digits, as: UTF8.self)) : nil
        }
        func numbers(_ separator: Character) -> (Int, Int)? {
            let parts = field.split(
                separator: separator.asciiValue!, omittingEmptySubsequences: false)
            guard parts.count == 2, let first = number(parts[0]), let second = number(parts[1])
            else { return nil }
            return (first, second)
        }
        if let word = number(field) {
            self = .word(word)
        } else if let (first, last) = numbers("-"), first <= last {
            self = .range(first...last)
        } else if let (word, _) = numbers(".") {
            self = .emptyNode(after: word)
        } else {
            return nil
        }
    }
}
