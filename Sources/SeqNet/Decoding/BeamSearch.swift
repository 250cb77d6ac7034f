#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The search for the likeliest sequence that a step-by-step model gives, of one source.
///
/// At each step every active hypothesis is continued by its likeliest tokens. Of all these
/// candidates the best `2·beam` count: one that closes is finished if it is among the first
/// `beam`, and the first `beam` others go on. The search ends with `beam` finished hypotheses, or
/// at its limit, where those that are active end without a closing token.
struct BeamSearch {
    /// A hypothesis that goes on.
    struct Active {
        /// Its place among those that were active a step before, and its last token.
        let parent: Int
        let token: Int32
        fileprivate let node: Int
    }

    private struct Node {
        let parent: Int?
        let token: Int32
        let logProbability: Double
        let attention: [Float]
    }

    private struct Candidate {
        let logProbability: Double
        let hypothesis: Int
        let token: Int32
        /// Among all candidates of the step, for order among equals.
        let number: Int
    }

    private struct Finished {
        let node: Int
        let logProbability: Double
        let score: Double
    }

    /// What the next step continues; empty when the search is over.
    private(set) var active: [Active]
    private let options: BeamSearchOptions
    private let end: Int32
    private let mostTokens: Int
    private var nodes: [Node]
    private var finished: [Finished] = []
    private var length = 0

    /// - Parameters:
    ///   - start: what the first step reads.
    ///   - end: the closing token.
    ///   - mostTokens: of a hypothesis, without the closing one; at least 1.
    init(_ options: BeamSearchOptions, start: Int32, end: Int32, mostTokens: Int) {
        precondition(mostTokens >= 1, "at least one token")
        self.options = options
        self.end = end
        self.mostTokens = mostTokens
        nodes = [Node(parent: nil, token: start, logProbability: 0, attention: [])]
        active = [Active(parent: 0, token: start, node: 0)]
    }

    /// Candidates that each hypothesis must offer, where the vocabulary has as many.
    static func candidates(_ options: BeamSearchOptions) -> Int { 2 * options.beam }

    /// Takes a step.
    ///
    /// - Parameters:
    ///   - count: candidates of each active hypothesis.
    ///   - logProbabilities: [active, count] of their likeliest next tokens, greatest first.
    ///   - tokens: [active, count].
    ///   - attention: how much an active hypothesis looked at each step of the source.
    mutating func advance(
        count: Int, logProbabilities: UnsafePointer<Float>, tokens: UnsafePointer<Int32>,
        attention: (Int) -> [Float]
    ) {
        length += 1
        let best = candidates(count, logProbabilities, tokens)
        let weights = active.indices.map(attention)
        let parents = active.map(\.node)
        active = []
        for (rank, candidate) in best.enumerated() {
            let closes = candidate.token == end
            if closes ? rank >= options.beam : active.count == options.beam { continue }
            nodes.append(
                Node(
                    parent: parents[candidate.hypothesis], token: candidate.token,
                    logProbability: candidate.logProbability,
                    attention: weights[candidate.hypothesis]))
            let node = nodes.count - 1
            if closes {
                finish(node)
            } else {
                active.append(
                    Active(parent: candidate.hypothesis, token: candidate.token, node: node))
            }
        }
        if length == mostTokens { active.forEach { finish($0.node) } }
        if length == mostTokens || finished.count >= options.beam { active = [] }
    }

    /// The best hypotheses, best first. Of equals the first that was finished comes first.
    var best: [Hypothesis] {
        let ranked = finished.indices.sorted {
            (finished[$1].score, $0) < (finished[$0].score, $1)
        }
        return ranked.prefix(options.nBest).map { hypothesis(finished[$0]) }
    }

    private func candidates(
        _ count: Int, _ logProbabilities: UnsafePointer<Float>, _ tokens: UnsafePointer<Int32>
    ) -> ArraySlice<Candidate> {
        var all: [Candidate] = []
        all.reserveCapacity(active.count * count)
        for hypothesis in active.indices {
            let before = nodes[active[hypothesis].node].logProbability
            for number in hypothesis * count..<(hypothesis + 1) * count {
                let own = Double(logProbabilities[number])
                all.append(
                    Candidate(
                        logProbability: own.isNaN ? -.infinity : before + own,
                        hypothesis: hypothesis, token: tokens[number], number: number))
            }
        }
        all.sort { ($1.logProbability, $0.number) < ($0.logProbability, $1.number) }
        return all.prefix(Self.candidates(options))
    }

    private mutating func finish(_ node: Int) {
        let logProbability = nodes[node].logProbability
        let score = logProbability / pow(Double(length), options.lengthNormalization)
        finished.append(Finished(node: node, logProbability: logProbability, score: score))
    }

    private func hypothesis(_ finished: Finished) -> Hypothesis {
        var path: [Node] = []
        var node = nodes[finished.node]
        while let parent = node.parent {
            if node.token != end { path.append(node) }
            node = nodes[parent]
        }
        path.reverse()
        return Hypothesis(
            tokens: path.map(\.token), logProbability: finished.logProbability,
            score: finished.score, attention: path.map(\.attention))
    }
}
