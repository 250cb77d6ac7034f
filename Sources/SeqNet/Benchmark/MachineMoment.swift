/// What the machine can do around some work, measured before it and after it.
public struct MachineMoment: Sendable {
    /// The limit of arithmetic, the greater of both; see `MachineLimits.gigaflops`.
    public let gigaflops: Double
    /// What a core takes in, the lesser of both; see `MachineLimits.instructionsPerNanosecond`.
    public let instructionsPerNanosecond: Double

    init(_ limits: MachineLimits) {
        gigaflops = limits.gigaflops()
        instructionsPerNanosecond = limits.instructionsPerNanosecond()
    }

    private init(gigaflops: Double, instructionsPerNanosecond: Double) {
        self.gigaflops = gigaflops
        self.instructionsPerNanosecond = instructionsPerNanosecond
    }

    /// With what is measured now, behind the work.
    func andNow(_ limits: MachineLimits) -> MachineMoment {
        let now = MachineMoment(limits)
        return MachineMoment(
            gigaflops: max(gigaflops, now.gigaflops),
            instructionsPerNanosecond: min(
                instructionsPerNanosecond, now.instructionsPerNanosecond))
    }
}
