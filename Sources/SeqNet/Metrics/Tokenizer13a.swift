/// The tokenisation of mteval-v13a, NIST's script for machine translation, as sacreBLEU's `13a`
/// has it: scores of running text are comparable only under one and the same tokenisation.
///
/// Entities of `&`, `<`, `>` and `"` are resolved and line breaks joined. ASCII symbols stand
/// alone, except apostrophes; so do periods and commas unless digits stand on both sides, and a
/// hyphen after a digit. What is not ASCII is never split.
///
/// ```swift
/// Tokenizer13a.tokens(of: "It costs $1,000.5, no more.")
/// // It costs $ 1,000.5 , no more .
/// ```
public enum Tokenizer13a {
    private typealias Scalars = [Unicode.Scalar]

    /// The tokens of a segment of running text, as UTF-8.
    public static func tokens(of text: String) -> [[UInt8]] {
        var scalars = Array(text.unicodeScalars)
        while scalars.last?.dividesSegments == true { scalars.removeLast() }
        for (spelling, replacement) in replacements {
            scalars = scalars.replacing(spelling, with: replacement)
        }
        return divided([" "] + scalars + [" "]).split(whereSeparator: \.dividesSegments).map {
            Array(String(String.UnicodeScalarView($0)).utf8)
        }
    }

    /// In this order: `&amp;lt;` becomes `<`.
    private static let replacements: [(Scalars, Scalars)] = [
        ("<skipped>", ""), ("-\n", ""), ("\n", " "), ("&quot;", "\""), ("&amp;", "&"),
        ("&lt;", "<"), ("&gt;", ">"),
    ].map { (Array($0.unicodeScalars), Array($1.unicodeScalars)) }

    private static let symbols = Set("!\"#$%&()*+/:;<=>?@[\\]^_`{|}~".unicodeScalars)

    /// Puts spaces where tokens are to be divided.
    private static func divided(_ text: Scalars) -> Scalars {
        var text = text.flatMap { (scalar) -> Scalars in
            symbols.contains(scalar) ? [" ", scalar, " "] : [scalar]
        }
        text = dividing(text, where: { !isDigit($0) && isPoint($1) }) { [$0, " ", $1, " "] }
        text = dividing(text, where: { isPoint($0) && !isDigit($1) }) { [" ", $0, " ", $1] }
        return dividing(text, where: { isDigit($0) && $1 == "-" }) { [$0, " ", $1, " "] }
    }

    /// Rewrites pairs of neighbours from left to right; a scalar belongs to one pair at most.
    private static func dividing(
        _ text: Scalars, where isPair: (Unicode.Scalar, Unicode.Scalar) -> Bool,
        as rewrite: (Unicode.Scalar, Unicode.Scalar) -> Scalars
    ) -> Scalars {
        var result: Scalars = []
        var index = 0
        while index < text.count {
            if index + 1 < text.count && isPair(text[index], text[index + 1]) {
                result += rewrite(text[index], text[index + 1])
                index += 2
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return result
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func isPoint(_ scalar: Unicode.Scalar) -> Bool { scalar == "." || scalar == "," }
}
