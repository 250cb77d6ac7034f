/// How words that a `Tokenizer` split from punctuation become running text again: which white
/// space, if any, stands between a mark and its neighbours.
///
/// Nothing is known of any language. The rules are what raw lines of it do most often, by the two
/// sides of a gap: a mark, a letter or a digit. So `l ' homme` is `l'homme` again and `vrai ?`
/// keeps its space if French lines have them. A mark like `"` that leans on what follows at its
/// odd occurrences in a line, and on what precedes at its even ones, is taken to open and close.
///
/// ```swift
/// let rules = DetokenizationRules(learnedFrom: ["Don't!", "Is it so?", "It's 10:30."])
/// rules.text(of: try tokenizer.tokens(inLine: "isn't it?").dropLast())   // isn't it?
/// ```
public struct DetokenizationRules: Equatable, Sendable {
    /// The marks that open and close.
    let paired: Set<Unicode.Scalar>
    /// White space as UTF-8, by place.
    let gaps: [GapPlace: [UInt8]]

    private static let space = [UInt8(ascii: " ")]

    init(paired: Set<Unicode.Scalar>, gaps: [GapPlace: [UInt8]]) {
        self.paired = paired
        self.gaps = gaps
    }

    /// Learns the rules from raw lines, such as the target side of a translator's training data.
    /// Of no lines they put one space between any two tokens.
    public init(learnedFrom lines: some Sequence<String>) {
        var counts = GapCounts()
        for line in lines { counts.add(line: line) }
        paired = counts.pairedMarks()
        gaps = counts.majorities(paired: paired)
    }

    /// The running text of the tokens of a line.
    ///
    /// - Parameter tokens: as UTF-8, none empty, the line's closing symbol left out.
    public func text(of tokens: some Sequence<[UInt8]>) -> String {
        var occurrences = MarkOccurrences()
        var text: [UInt8] = []
        var before: GapNeighbor?
        for token in tokens {
            let sides = sides(of: token, &occurrences)
            if let before { text += gap(at: GapPlace(before: before, after: sides.first)) }
            text += token
            before = sides.last
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// What a token shows to the gaps before and behind it.
    private func sides(
        of token: [UInt8], _ occurrences: inout MarkOccurrences
    ) -> (first: GapNeighbor, last: GapNeighbor) {
        let scalars = String(decoding: token, as: UTF8.self).unicodeScalars
        guard let first = scalars.first, let last = scalars.last else {
            preconditionFailure("a token without bytes")
        }
        guard scalars.count == 1 && first.isPunctuation else {
            return (GapNeighbor(wordEdge: first), GapNeighbor(wordEdge: last))
        }
        let mark = paired.contains(first) ? occurrences.next(first) : .mark(first)
        return (mark, mark)
    }

    /// The white space at a place. Where its two sides were never met together, each tells what it
    /// knows, and no space goes before any.
    private func gap(at place: GapPlace) -> [UInt8] {
        guard place.touchesMark else { return Self.space }
        if let gap = gaps[place] { return gap }
        let sides = [
            gaps[GapPlace(before: .anything, after: place.after)],
            gaps[GapPlace(before: place.before, after: .anything)],
        ].compactMap { $0 }
        return sides.contains([]) ? [] : sides.first ?? Self.space
    }
}
