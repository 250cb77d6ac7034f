import TestSupport
import Testing

@testable import SeqNet

/// Holds the gradients that a tape gathers against central differences of the loss in
/// float32, along random directions, one parameter at a time.
///
/// With a step of 1e-2 both the rounding of the loss (some 1e-6, divided by the step) and the
/// curvature (the step squared) stay near 1e-4 of the gradient. Kinks ask for a shorter one.
struct GradientCheck {
    let block: ParameterBlock
    let context: KernelContext
    /// Difference quotient and gradient may differ by this share of the gradient's norm.
    var bound = 2e-3
    var step: Float = 1e-2
    /// Whether the loss that is differenced is that of training: the tape is reset before each pass,
    /// so that dropout leaves out the same.
    var inTraining = false

    private static let directions = 3

    /// - Parameter loss: the loss on a tape; when the tape records, it leaves the gradient of
    ///   what the loss is made of.
    func run(_ loss: (Tape) -> Double, sourceLocation: SourceLocation = #_sourceLocation) {
        let training = Tape(training: block, context)
        block.pack(context, backward: true)
        training.reset()
        _ = loss(training)
        training.backward()
        let plain = inTraining ? Tape(training: block, context) : Tape(inference: context)
        for (index, parameter) in block.parameters.enumerated() {
            let gradient = Array(
                UnsafeBufferPointer(start: training.gradient(of: parameter), count: parameter.count))
            let size = norm(gradient)
            #expect(size > 0, "\(parameter.name): no gradient", sourceLocation: sourceLocation)
            for number in 0..<Self.directions {
                var random = Random(seed: UInt64(index), stream: UInt64(number))
                let direction = unit(random.floats(parameter.count))
                let expected = zip(gradient, direction).reduce(0) { $0 + Double($1.0) * Double($1.1) }
                let quotient = slope(of: loss, at: parameter, along: direction, plain)
                #expect(
                    abs(quotient - expected) <= bound * size,
                    "\(parameter.name): slope \(quotient), gradient \(expected), norm \(size)",
                    sourceLocation: sourceLocation)
            }
        }
    }

    private func unit(_ values: [Float]) -> [Float] {
        let size = Float(norm(values))
        return values.map { $0 / size }
    }

    private func slope(
        of loss: (Tape) -> Double, at parameter: Parameter, along direction: [Float], _ tape: Tape
    ) -> Double {
        let start = Array(parameter.buffer)
        func value(_ distance: Float) -> Double {
            for index in start.indices {
                parameter.values[index] = start[index] + distance * direction[index]
            }
            block.pack(context, backward: false)
            tape.reset()
            return loss(tape)
        }
        let difference = value(step) - value(-step)
        _ = parameter.buffer.update(from: start)
        return difference / (2 * Double(step))
    }
}

extension Tape {
    /// A parameter as an input of an operation, [shape[0], shape[1]].
    func input(_ parameter: Parameter) -> Tensor {
        Tensor(
            rows: parameter.shape[0], columns: parameter.shape[1], values: parameter.values,
            gradient: isRecording
                ? GradientMemory(
                    gradient(of: parameter), count: parameter.count, holdsSum: true, context)
                : nil)
    }

    /// The sum of a tensor's values, each times a fixed random weight, as a loss.
    func weightedSum(_ tensor: Tensor, seed: UInt64) -> Double {
        var random = Random(seed: seed, stream: 99)
        let weights = random.floats(tensor.count)
        if let gradient = tensor.gradient {
            for index in weights.indices { gradient[index] += weights[index] }
        }
        return zip(tensor.array, weights).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
}
