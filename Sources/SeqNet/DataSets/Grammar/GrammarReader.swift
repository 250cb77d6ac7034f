/// Reads the rules of a ``PhraseGrammar`` from text.
///
/// ```
/// Phrase# = 3 the Noun# | the Noun# that Verb#
/// ```
///
/// One symbol a line, ways to write it divided by `|`, parts divided by blanks. A part that
/// begins with an upper-case letter is a symbol: of another line or of the lexicon. Any other
/// part is a word. A whole number before the parts is the weight, 1 when it is left out. A
/// line that begins with `--` is a comment. Lines of the same symbol add up.
///
/// A line with placeholders stands for a line for each value of each placeholder, the same
/// one all along the line. So agreement is written once: with `#` for `.one` and `.many`, the
/// line above is two, of `Phrase.one` and of `Phrase.many`.
struct GrammarReader {
    /// The values of each placeholder.
    let placeholders: [(mark: Character, values: [String])]
    /// The words of each symbol of the lexicon.
    let lexicon: [String: [String]]

    private var names: [String: Int] = [:]
    private var meanings: [PhraseGrammar.Meaning] = []

    init(placeholders: [(mark: Character, values: [String])], lexicon: [String: [String]]) {
        self.placeholders = placeholders
        self.lexicon = lexicon
    }

    /// The grammar of these rules. A symbol that stands in neither the rules nor the lexicon
    /// is a programmer's mistake.
    mutating func grammar(of rules: String, greatestLength: Int) -> PhraseGrammar {
        let lines = rules.split(separator: "\n").flatMap { line in
            line.hasPrefix("--") ? [] : expand(String(line))
        }
        let sides = lines.map { line in
            line.split(separator: " ").split(separator: "=", maxSplits: 1)
        }
        for side in sides { declare(String(side[0][0])) }
        for side in sides { read(side[1], into: String(side[0][0])) }
        return PhraseGrammar(names: names, meanings: meanings, greatestLength: greatestLength)
    }

    /// A line for each value of each placeholder in it.
    private func expand(_ line: String) -> [String] {
        placeholders.reduce([line]) { lines, placeholder in
            lines.flatMap { line -> [String] in
                guard line.contains(placeholder.mark) else { return [line] }
                return placeholder.values.map { value in
                    line.split(separator: placeholder.mark, omittingEmptySubsequences: false)
                        .joined(separator: value)
                }
            }
        }
    }

    private mutating func declare(_ name: String) {
        guard names[name] == nil else { return }
        names[name] = meanings.count
        meanings.append(.rules([]))
    }

    private mutating func read(_ parts: ArraySlice<Substring>, into name: String) {
        guard let symbol = names[name], case .rules(var rules) = meanings[symbol] else { return }
        for way in parts.split(separator: "|") {
            let weight = Int(way[way.startIndex])
            let parts = weight == nil ? way : way.dropFirst()
            let symbols = parts.map { self.symbol(String($0)) }
            rules.append(.init(weight: Double(weight ?? 1), parts: symbols))
        }
        meanings[symbol] = .rules(rules)
    }

    /// The number of a part, which is made known if it is a word or of the lexicon.
    private mutating func symbol(_ part: String) -> Int {
        if let number = names[part] { return number }
        let isSymbol = part.unicodeScalars.first.map { ("A"..."Z").contains($0) } ?? false
        guard let words = isSymbol ? lexicon[part] : [part] else {
            preconditionFailure("the grammar has no rule and the lexicon no words for \(part)")
        }
        names[part] = meanings.count
        meanings.append(.words(words))
        return meanings.count - 1
    }
}
