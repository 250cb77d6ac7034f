#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// How the learning rate changes over a run.
public struct LearningRateSchedule: Equatable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        case constant
        /// Half a cosine from the full rate to zero over the run's steps.
        case cosine
        /// Halved after every epoch whose validation is no better than the best before it.
        case plateau
    }

    public let kind: Kind
    /// Steps over which the rate first rises linearly.
    public let warmupSteps: Int

    /// What plateau multiplies the rate by.
    static let plateauFactor: Float = 0.5

    /// The share of the full rate at a step.
    /// - Parameters:
    ///   - step: counted from 0.
    ///   - totalSteps: of the whole run.
    ///   - plateauFactor: what plateau has come to so far.
    func factor(step: Int, totalSteps: Int, plateauFactor: Float) -> Float {
        if step < warmupSteps { return Float(step + 1) / Float(warmupSteps) }
        switch kind {
        case .constant: return 1
        case .plateau: return plateauFactor
        case .cosine:
            let span = max(1, totalSteps - warmupSteps)
            let done = min(1, Double(step - warmupSteps) / Double(span))
            return Float(0.5 * (1 + cos(Double.pi * done)))
        }
    }
}
