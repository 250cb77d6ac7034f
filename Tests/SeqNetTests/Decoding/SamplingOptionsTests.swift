import SeqNet
import Testing

struct SamplingOptionsTests {
    @Test(arguments: [
        (-0.5, "--temperature -0.5: give a number from 0 (the likeliest token) upwards"),
        (.nan, "--temperature nan: give a number from 0 (the likeliest token) upwards"),
        (.infinity, "--temperature inf: give a number from 0 (the likeliest token) upwards"),
    ])
    func temperaturesOutOfRangeAreRefused(temperature: Double, message: String) {
        let error = #expect(throws: SeqNetError.self) { try SamplingOptions(temperature: temperature) }
        #expect(error == SeqNetError(.usage, message))
    }

    @Test(arguments: [0, -3])
    func aTopKBelowOneIsRefused(topK: Int) {
        let error = #expect(throws: SeqNetError.self) { try SamplingOptions(topK: topK) }
        #expect(error == SeqNetError(.usage, "--top-k \(topK): give a number of tokens, at least 1"))
    }

    @Test(arguments: [1.5, 0, -0.1, .nan])
    func aTopPOutOfRangeIsRefused(topP: Double) {
        let error = #expect(throws: SeqNetError.self) { try SamplingOptions(topP: topP) }
        #expect(
            error == SeqNetError(.usage, "--top-p \(topP): give a probability above 0, at most 1"))
    }

    @Test func theBoundsThemselvesAreFine() throws {
        let options = try SamplingOptions(temperature: 0, topK: 1, topP: 1, allowsUnknown: true)
        #expect(options.temperature == 0 && options.topK == 1 && options.topP == 1)
        #expect(try SamplingOptions() == .standard)
    }
}
