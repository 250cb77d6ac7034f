/// Sines whose periods divide a week of hours.
///
/// They are the powers of one rotation, by multiplication and addition alone, for the sine of
/// one system's library may differ from another's in the last bit.
struct WeeklyPhases {
    private static let hours = 168
    /// Of one hour's share of a week, 2π/168.
    private static let step = (cosine: 0.9993007047883985, sine: 0.037391194276325625)

    private let sines: [Double]

    init() {
        var point = (cosine: 1.0, sine: 0.0)
        var sines: [Double] = []
        for _ in 0..<Self.hours {
            sines.append(point.sine)
            point = (
                point.cosine * Self.step.cosine - point.sine * Self.step.sine,
                point.cosine * Self.step.sine + point.sine * Self.step.cosine
            )
        }
        self.sines = sines
    }

    /// A sine that is 0 and rises at hour 0 of a week.
    func sine(perWeek waves: Int, hour: Int) -> Double {
        let place = waves * hour % Self.hours
        return sines[place < 0 ? place + Self.hours : place]
    }

    /// - Parameter turn: how many 24ths of a turn the wave is ahead.
    func sine(perDay waves: Int, hour: Int, turn: Int = 0) -> Double {
        sine(perWeek: 7, hour: waves * hour + turn)
    }
}
