/// What the machine can do around some work, measured before it and after it.
public struct MachineMoment: Sendable {
    /// The limit of arithmetic, the greater of both; see `MachineLimits.gigaflops`.
    public let gigaflops: Double
    /// The lesser of both; see `MachineLimits.instructionsPerNanosecond`.
    public let instructionsPerNanosecond: Double

    /// With what is measured now, after the work.
    func andNow(_ limits: MachineLimits) -> MachineMoment {
        let now = limits.measured()
        return MachineMoment(
            gigaflops: max(gigaflops, now.gigaflops),
            instructionsPerNanosecond: min(
                instructionsPerNanosecond, now.instructionsPerNanosecond))
    }
}
