@testable import SeqNet
import Testing

@Suite struct TrainingOptionsTests {
    @Test func theDefaultsAreValid() throws { try TrainingOptions().validate() }

    private func expectRefused(
        _ text: String, location: SourceLocation = #_sourceLocation,
        _ change: (inout TrainingOptions) -> Void
    ) {
        var options = TrainingOptions()
        change(&options)
        expectSeqNetError(.usage, text, location: location) { try options.validate() }
    }

    @Test func whatIsOutOfRangeIsNamed() {
        expectRefused("--batch-size 0") { $0.batchSize = 0 }
        expectRefused("--epochs 0") { $0.epochs = 0 }
        expectRefused("--max-steps 0") { $0.maxSteps = 0 }
        expectRefused("--learning-rate -1.0") { $0.learningRate = -1 }
        expectRefused("--learning-rate nan") { $0.learningRate = .nan }
        expectRefused("--momentum 1.0") {
            $0.optimizer = .sgd
            $0.momentum = 1
        }
        expectRefused("--momentum: does not go with --optimizer adam") { $0.momentum = 0.9 }
        expectRefused("--weight-decay -0.1") { $0.weightDecay = -0.1 }
        expectRefused("--warmup-steps -1") { $0.warmupSteps = -1 }
        expectRefused("--clip-norm inf") { $0.clipNorm = .infinity }
        expectRefused("--patience 0") { $0.patience = 0 }
    }

    @Test func floatsAreWrittenInTheirShortestForm() throws {
        #expect(try JSONValue.object(TrainingOptions().json).serialized().contains(#""learning_rate":0.002"#))
    }
}
