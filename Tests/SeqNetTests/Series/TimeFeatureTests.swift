import Testing

@testable import SeqNet

struct TimeFeatureTests {
    /// A quarter of a circle has sine 1 and cosine 0.
    @Test(arguments: [
        (TimeFeature.hourOfDay, "2016-07-01 06:00", 0.25), (.hourOfDay, "2016-07-01 12:00", 0.5),
        (.hourOfDay, "2016-07-01", 0), (.dayOfWeek, "2024-01-01", 0), (.dayOfWeek, "2024-01-04 12:00", 0.5),
        (.monthOfYear, "2016-01-01", 0), (.monthOfYear, "2016-04", 0.25), (.monthOfYear, "2016-07-01", 0.5),
        (.monthOfYear, "2015-02-15", 1.5 / 12),
    ])
    func placesOnTheCircle(_ feature: TimeFeature, _ text: String, _ turns: Double) throws {
        let values = feature.values(at: try #require(Timestamp(text)))
        let half = (0.5).squareRoot()
        let quarters = [0: [0.0, 1], 0.25: [1, 0], 0.5: [0, -1], 0.125: [half, half]]
        for (value, expected) in zip(values, try #require(quarters[turns])) {
            #expect(abs(value - expected) < 1e-12)
        }
    }
}
