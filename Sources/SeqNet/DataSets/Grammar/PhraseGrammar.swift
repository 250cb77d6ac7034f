/// A weighted context-free grammar from which phrases of an exact length can be drawn.
///
/// A phrase of n words is drawn with the probability that the grammar gives it among its
/// phrases of n words. For that, the probability of each length is worked out first for
/// every symbol (the inside probabilities of Lari & Young 1990, summed over all words).
///
/// The notation of rules is that of ``GrammarReader``.
struct PhraseGrammar: Sendable {
    /// One way to write a symbol: the symbols that take its place, and its weight among the
    /// ways to write that symbol.
    struct Rule: Sendable {
        let weight: Double
        let parts: [Int]
    }

    /// What a symbol stands for.
    enum Meaning: Sendable {
        /// One of these words, each equally likely.
        case words([String])
        /// One of these rules.
        case rules([Rule])
    }

    private let numbers: [String: Int]
    private let meanings: [Meaning]
    private let lengths: PhraseLengths

    /// Builds a grammar for phrases of up to `greatestLength` words.
    ///
    /// Symbols are numbered by their place in `meanings`; `names` names some of them. No
    /// symbol may become itself again through rules of one part alone.
    init(names: [String: Int], meanings: [Meaning], greatestLength: Int) {
        numbers = names
        self.meanings = meanings
        lengths = PhraseLengths(meanings: meanings, greatestLength: greatestLength)
    }

    /// Whether a symbol has any phrase of that many words.
    func hasPhrase(_ name: String, length: Int) -> Bool {
        lengths.probability(of: number(of: name), length: length) > 0
    }

    /// Draws a phrase of exactly `length` words. The symbol must have such a phrase.
    func phrase(_ name: String, length: Int, random: inout Random) -> [String] {
        precondition(hasPhrase(name, length: length), "\(name) has no phrase of \(length) words")
        var words: [String] = []
        words.reserveCapacity(length)
        append(number(of: name), length: length, to: &words, random: &random)
        return words
    }

    /// Draws a phrase of at most `length` words. The symbol must have such a phrase.
    func phrase(_ name: String, upTo length: Int, random: inout Random) -> [String] {
        let symbol = number(of: name)
        let weights = (0...length).map { lengths.probability(of: symbol, length: $0) }
        precondition(weights.contains { $0 > 0 }, "\(name) has no phrase of up to \(length) words")
        return phrase(name, length: draw(weights, random: &random), random: &random)
    }

    private func number(of name: String) -> Int {
        guard let number = numbers[name] else { preconditionFailure("no symbol named \(name)") }
        return number
    }

    private func append(
        _ symbol: Int, length: Int, to words: inout [String], random: inout Random
    ) {
        switch meanings[symbol] {
        case .words(let choices):
            words.append(random.element(of: choices))
        case .rules(let rules):
            let weights = rules.indices.map { index in
                rules[index].weight
                    * lengths.probability(ofRule: index, of: symbol, from: 0, length: length)
            }
            let chosen = draw(weights, random: &random)
            append(
                rules[chosen], index: chosen, of: symbol, length: length, to: &words,
                random: &random)
        }
    }

    /// Divides the words among the parts of a rule, from left to right, and writes each part.
    private func append(
        _ rule: Rule, index: Int, of symbol: Int, length: Int, to words: inout [String],
        random: inout Random
    ) {
        var left = length
        for (place, part) in rule.parts.dropLast().enumerated() {
            let weights = (0..<left).map { taken in
                lengths.probability(of: part, length: taken)
                    * lengths.probability(
                        ofRule: index, of: symbol, from: place + 1, length: left - taken)
            }
            let taken = draw(weights, random: &random)
            append(part, length: taken, to: &words, random: &random)
            left -= taken
        }
        append(rule.parts[rule.parts.count - 1], length: left, to: &words, random: &random)
    }

    /// The index of one of the weights, drawn in proportion to them.
    private func draw(_ weights: [Double], random: inout Random) -> Int {
        var rest = random.uniformDouble() * weights.reduce(0, +)
        var last = 0
        for (index, weight) in weights.enumerated() where weight > 0 {
            if rest < weight { return index }
            rest -= weight
            last = index
        }
        return last  // reached only through rounding
    }
}
