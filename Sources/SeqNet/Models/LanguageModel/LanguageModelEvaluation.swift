#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// How well a language model predicts a text.
public struct LanguageModelEvaluation: Equatable, Sendable {
    /// Predicted tokens: all of the text but the first.
    public let tokens: Int
    /// Cross-entropy, nats a token.
    public let loss: Double
    /// Tokens of the text that the vocabulary lacks.
    public let unknown: Int
    public let kind: TokenKind

    /// e^loss.
    public var perplexity: Double { Self.perplexity(of: loss) }

    /// That of a mean cross-entropy in nats.
    static func perplexity(of loss: Double) -> Double { exp(loss) }
    public var bitsPerToken: Double { loss / Double.ln2 }

    /// As `seqnet evaluate --json` prints it: null for what is not finite, which JSON has no
    /// number for. A loss above 709 has such a perplexity.
    public var json: JSONValue {
        func number(_ value: Double) -> JSONValue { value.isFinite ? .number(value) : .null }
        var object: [String: JSONValue] = [
            "tokens": .integer(tokens), "loss": number(loss), "perplexity": number(perplexity),
            "bits_per_token": number(bitsPerToken), "unknown": .integer(unknown),
        ]
        if kind == .characters { object["bits_per_character"] = number(bitsPerToken) }
        return .object(object)
    }
}

extension LanguageModel {
    /// Steps of one forward pass of an evaluation: enough for the products over all rows to
    /// fill their tiles.
    private static let evaluationSteps = 512

    /// Reads the part as one stream from a zero state and predicts each token but the first
    /// from all before it.
    /// - Parameter onProgress: told the share that is done, from 0 to 1.
    /// - Throws: `.badData` when the part has fewer than two tokens.
    public func evaluate(
        _ part: CorpusPart, _ context: KernelContext, onProgress: (Double) -> Void = { _ in }
    ) throws -> LanguageModelEvaluation {
        guard part.count >= 2 else {
            throw SeqNetError(
                .badData, "\(part.name): \(part.count) tokens are too few to evaluate; give at least 2")
        }
        let tape = Tape(inference: context)
        let state = CarriedState(recurrent, sequences: 1)
        var total = 0.0
        for start in stride(from: 0, to: part.count - 1, by: Self.evaluationSteps) {
            let steps = min(Self.evaluationSteps, part.count - 1 - start)
            let ids = part.ids(start..<start + steps + 1)
            let batch = PackedBatch(sequences: 1, steps: steps)
            tape.reset()
            let (loss, passes) = loss(
                Array(ids.dropLast()), targets: Array(ids.dropFirst()), batch,
                initial: state.layers(), tape)
            total += loss.total
            state.update(from: passes)
            onProgress(Double(start + steps) / Double(part.count - 1))
        }
        let tokens = part.count - 1
        return LanguageModelEvaluation(
            tokens: tokens, loss: total / Double(tokens), unknown: part.unknownCount,
            kind: configuration.tokenizer.kind)
    }
}

extension Double {
    /// The natural logarithm of 2: nats a bit.
    static let ln2 = 0.693147180559945309417232121458
}
