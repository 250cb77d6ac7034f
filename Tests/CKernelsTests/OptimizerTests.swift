import CKernels
import Foundation
import TestSupport
import Testing

/// One step of each optimiser against its formula in float64, and three against PyTorch.
@Suite struct OptimizerTests {
    /// Hyper-parameters that a step takes; each optimiser uses its own.
    struct Options: Decodable {
        var lr: Double
        var momentum: Double?
        var weightDecay: Double?
        var betas: [Double]?
        var eps: Double?
        var alpha: Double?
    }

    enum Algorithm: String, CaseIterable {
        case sgd, sgdMomentum, adam, adamDecay, adamW, rmsprop, rmspropMomentum

        var options: Options {
            switch self {
            case .sgd: Options(lr: 0.1, weightDecay: 0.01)
            case .sgdMomentum: Options(lr: 0.1, momentum: 0.9, weightDecay: 0.01)
            case .adam: Options(lr: 0.02, betas: [0.9, 0.999], eps: 1e-8)
            case .adamDecay: Options(lr: 0.02, weightDecay: 0.1, betas: [0.8, 0.99], eps: 1e-4)
            case .adamW: Options(lr: 0.02, weightDecay: 0.1, betas: [0.9, 0.95], eps: 1e-6)
            case .rmsprop: Options(lr: 0.01, eps: 1e-8, alpha: 0.99)
            case .rmspropMomentum:
                Options(lr: 0.01, momentum: 0.5, weightDecay: 0.01, eps: 1e-3, alpha: 0.9)
            }
        }
    }

    /// The weights and the optimiser's moments, in float32 or float64.
    struct State<Number: BinaryFloatingPoint> {
        var w: [Number]
        var first: [Number]
        var second: [Number]
    }

    private func isDecoupled(_ algorithm: Algorithm) -> Bool { algorithm == .adamW }

    /// One step by the kernel.
    private func step(
        _ state: inout State<Float>, _ gradient: [Float], scale: Float, count: Int,
        _ algorithm: Algorithm, _ options: Options, _ set: InstructionSet, threads: Int = 1
    ) {
        var context = set.context(threads: threads)
        let w = AlignedFloats(state.w)
        let first = AlignedFloats(state.first)
        let second = AlignedFloats(state.second)
        let g = AlignedFloats(gradient)
        let rate = Float(options.lr)
        let decay = Float(options.weightDecay ?? 0)
        let momentum = Float(options.momentum ?? 0)
        let epsilon = Float(options.eps ?? 0)
        switch algorithm {
        case .sgd, .sgdMomentum:
            sn_sgd_step(
                &context, w.pointer, algorithm == .sgd ? nil : first.pointer, g.pointer, scale,
                rate, momentum, decay, gradient.count)
        case .adam, .adamDecay, .adamW:
            let betas = options.betas!
            sn_adam_step(
                &context, w.pointer, first.pointer, second.pointer, g.pointer, scale, rate,
                Float(betas[0]), Float(betas[1]), epsilon, isDecoupled(algorithm) ? 0 : decay,
                isDecoupled(algorithm) ? decay : 0, Float(1 - pow(betas[0], Double(count))),
                Float(1 - pow(betas[1], Double(count))), gradient.count)
        case .rmsprop, .rmspropMomentum:
            sn_rmsprop_step(
                &context, w.pointer, first.pointer, algorithm == .rmsprop ? nil : second.pointer,
                g.pointer, scale, rate, Float(options.alpha!), epsilon, momentum, decay,
                gradient.count)
        }
        state = State(w: w.values, first: first.values, second: second.values)
    }

    /// The same step by the formulas of sn_optimizer.h in float64. The hyper-parameters are
    /// those that the kernel gets: 1 - 0.999 of a float32 is off by 1e-5 already.
    private func exactStep(
        _ state: inout State<Double>, _ gradient: [Float], scale: Float, count: Int,
        _ algorithm: Algorithm, _ options: Options
    ) {
        func rounded(_ value: Double?) -> Double { Double(Float(value ?? 0)) }
        let rate = rounded(options.lr)
        let decay = rounded(options.weightDecay)
        let momentum = rounded(options.momentum)
        let epsilon = rounded(options.eps)
        for i in gradient.indices {
            let coupled = isDecoupled(algorithm) ? 0 : decay
            let g = Double(scale) * Double(gradient[i]) + coupled * state.w[i]
            switch algorithm {
            case .sgd, .sgdMomentum:
                state.first[i] = momentum * state.first[i] + g
                state.w[i] -= rate * state.first[i]
            case .adam, .adamDecay, .adamW:
                let betas = options.betas!
                let beta1 = rounded(betas[0])
                let beta2 = rounded(betas[1])
                state.first[i] = beta1 * state.first[i] + (1 - beta1) * g
                state.second[i] = beta2 * state.second[i] + (1 - beta2) * g * g
                let mean = state.first[i] / rounded(1 - pow(betas[0], Double(count)))
                let square = state.second[i] / rounded(1 - pow(betas[1], Double(count)))
                if isDecoupled(algorithm) { state.w[i] *= 1 - rate * decay }
                state.w[i] -= rate * mean / (square.squareRoot() + epsilon)
            case .rmsprop, .rmspropMomentum:
                let alpha = rounded(options.alpha)
                state.first[i] = alpha * state.first[i] + (1 - alpha) * g * g
                state.second[i] =
                    momentum * state.second[i] + g / (state.first[i].squareRoot() + epsilon)
                state.w[i] -= rate * state.second[i]
            }
        }
    }

    @Test(arguments: InstructionSet.available, Algorithm.allCases)
    func stepsFollowTheFormula(set: InstructionSet, algorithm: Algorithm) {
        for count in set.sizes {
            var random = SeededRandom(1)
            let zeros = [Float](repeating: 0, count: count)
            let start = random.floats(count)
            var state = State<Float>(w: start, first: zeros, second: zeros)
            var exact = State<Double>(
                w: start.map(Double.init), first: zeros.map(Double.init),
                second: zeros.map(Double.init))
            for time in 1...3 {
                let gradient = random.floats(count)
                step(
                    &state, gradient, scale: 0.75, count: time, algorithm, algorithm.options, set)
                exactStep(
                    &exact, gradient, scale: 0.75, count: time, algorithm, algorithm.options)
            }
            expectClose(state.w, exact.w, within: 1e-6, "w, \(count) weights")
            if algorithm != .sgd {
                expectClose(state.first, exact.first, within: 1e-6, "first, \(count) weights")
            }
            if ![.sgd, .sgdMomentum, .rmsprop].contains(algorithm) {
                expectClose(state.second, exact.second, within: 1e-6, "second, \(count) weights")
            }
        }
    }

    @Test(arguments: InstructionSet.available, Algorithm.allCases)
    func threadsGiveTheSameBits(set: InstructionSet, algorithm: Algorithm) {
        var random = SeededRandom(2)
        let count = 100_003
        let gradient = random.floats(count)
        let start = State<Float>(
            w: random.floats(count), first: random.floats(count).map(\.magnitude),
            second: random.floats(count).map(\.magnitude))
        let results = InstructionSet.threadCounts.map { threads in
            var state = start
            step(
                &state, gradient, scale: 0.5, count: 3, algorithm, algorithm.options, set,
                threads: threads)
            return state
        }
        for other in results[1...] {
            expectSameBits(other.w, results[0].w, "w")
            expectSameBits(other.first, results[0].first, "first")
            expectSameBits(other.second, results[0].second, "second")
        }
    }

    @Test(
        arguments: InstructionSet.available,
        [
            ("sgd", Algorithm.sgd), ("sgd_momentum", .sgdMomentum), ("adam", .adam),
            ("adam_decay", .adamDecay), ("adamw", .adamW), ("rmsprop", .rmspropMomentum),
            ("rmsprop_plain", .rmsprop),
        ])
    func stepsMatchPyTorch(
        set: InstructionSet, named: (name: String, algorithm: Algorithm)
    ) throws {
        struct Golden: Decodable {
            struct Case: Decodable {
                var options: Options
                var after: [GoldenTensor]
            }
            var start: GoldenTensor
            var gradients: [GoldenTensor]
            var cases: [String: Case]
        }
        let golden = try GoldenFile.read("optimizers", as: Golden.self)
        let expected = try #require(golden.cases[named.name])
        let zeros = [Float](repeating: 0, count: golden.start.values.count)
        var state = State<Float>(
            w: golden.start.values.map(Float.init), first: zeros, second: zeros)
        for (index, gradient) in golden.gradients.enumerated() {
            step(
                &state, gradient.values.map(Float.init), scale: 1, count: index + 1,
                named.algorithm, expected.options, set)
            // 1 - 0.999 of a float32 is off by 1e-5, which moves a step by half of that.
            expectClose(
                state.w, expected.after[index].values, within: 1e-6, "after step \(index + 1)")
        }
    }
}
