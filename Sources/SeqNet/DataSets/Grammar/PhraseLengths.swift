/// How likely each symbol of a ``PhraseGrammar`` is to become a phrase of each length.
struct PhraseLengths: Sendable {
    private let meanings: [PhraseGrammar.Meaning]
    /// Of each symbol and length; `unknown` until worked out, `pending` meanwhile.
    private var ofSymbol: [[Double]]
    /// Of each symbol, rule, first part and length: the parts from that one on, the last
    /// part alone left out.
    private var ofRule: [[[[Double]]]]

    private static let unknown = -1.0
    private static let pending = -2.0

    init(meanings: [PhraseGrammar.Meaning], greatestLength: Int) {
        self.meanings = meanings
        let row = [Double](repeating: Self.unknown, count: greatestLength + 1)
        ofSymbol = meanings.map { _ in row }
        ofRule = meanings.map { meaning in
            guard case .rules(let rules) = meaning else { return [] }
            return rules.map { rule in rule.parts.dropLast().map { _ in row } }
        }
        for length in 0...greatestLength {
            for symbol in meanings.indices { solve(symbol, length: length) }
        }
    }

    /// The probability that a symbol becomes a phrase of `length` words.
    func probability(of symbol: Int, length: Int) -> Double {
        ofSymbol[symbol][length]
    }

    /// The probability that the last parts of a rule, from number `first` on, become `length`
    /// words together. The rule is number `index` of the symbol's.
    func probability(ofRule index: Int, of symbol: Int, from first: Int, length: Int) -> Double {
        guard case .rules(let rules) = meanings[symbol] else {
            preconditionFailure("symbol \(symbol) has words, not rules")
        }
        let parts = rules[index].parts
        return first == parts.count - 1
            ? ofSymbol[parts[first]][length] : ofRule[symbol][index][first][length]
    }

    private mutating func solve(_ symbol: Int, length: Int) {
        precondition(
            ofSymbol[symbol][length] != Self.pending,
            "symbol \(symbol) becomes itself through rules of one part")
        guard ofSymbol[symbol][length] == Self.unknown else { return }
        ofSymbol[symbol][length] = Self.pending
        switch meanings[symbol] {
        case .words:
            ofSymbol[symbol][length] = length == 1 ? 1 : 0
        case .rules(let rules):
            var sum = 0.0
            for (index, rule) in rules.enumerated() {
                solve(rule, index: index, of: symbol, length: length)
                sum +=
                    rule.weight
                    * probability(ofRule: index, of: symbol, from: 0, length: length)
            }
            ofSymbol[symbol][length] = sum / rules.reduce(0) { $0 + $1.weight }
        }
    }

    /// Works out one rule for one length, from its last parts to all of them. Every part has
    /// a word at least, so all but a rule of one part need shorter lengths alone.
    private mutating func solve(
        _ rule: PhraseGrammar.Rule, index: Int, of symbol: Int, length: Int
    ) {
        if rule.parts.count == 1 { solve(rule.parts[0], length: length) }
        for first in stride(from: rule.parts.count - 2, through: 0, by: -1) {
            var sum = 0.0
            for taken in stride(from: 1, to: length, by: 1) {
                sum +=
                    ofSymbol[rule.parts[first]][taken]
                    * probability(
                        ofRule: index, of: symbol, from: first + 1, length: length - taken)
            }
            ofRule[symbol][index][first][length] = sum
        }
    }
}
