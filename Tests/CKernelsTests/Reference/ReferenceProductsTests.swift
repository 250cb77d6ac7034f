import CKernels
import TestSupport
import Testing

@Suite struct ReferenceProductsTests {
    @Test func gemmIsTheSumOfProducts() {
        var random = SeededRandom(1)
        let m = 3
        let n = 5
        let k = 4
        let a = random.doubles(m * k)
        let b = random.doubles(k * n)
        let bias = random.doubles(n)
        var c = [Double](repeating: .nan, count: m * n)
        sn_reference_gemm(&c, a, b, bias, m, n, k)
        var withoutBias = [Double](repeating: .nan, count: m * n)
        sn_reference_gemm(&withoutBias, a, b, nil, m, n, k)
        for row in 0..<m {
            for column in 0..<n {
                let sum = (0..<k).reduce(0) { $0 + a[row * k + $1] * b[$1 * n + column] }
                #expect(abs(withoutBias[row * n + column] - sum) <= 1e-15)
                #expect(abs(c[row * n + column] - sum - bias[column]) <= 1e-15)
            }
        }
    }

    @Test func gemmWithoutInnerIsTheBias() {
        var c: [Double] = [.nan, .nan]
        sn_reference_gemm(&c, [], [], [2, 3], 1, 2, 0)
        #expect(c == [2, 3])
    }

    @Test func softmaxLossMatchesPyTorch() throws {
        struct Golden: Decodable {
            var inputs: [String: GoldenTensor]
            var scale: Double
            var losses: GoldenTensor
            var gradients: [String: GoldenTensor]
        }
        let golden = try GoldenFile.read("softmax_loss", as: Golden.self)
        var problem = SoftmaxProblem(
            h: golden.inputs["h"]!.values, w: golden.inputs["w"]!.values,
            b: golden.inputs["b"]!.values,
            targets: golden.inputs["targets"]!.values.map { Int32($0) },
            hiddenSize: golden.inputs["h"]!.shape[1], scale: golden.scale)
        let result = problem.reference()
        expectClose(result.losses, golden.losses.values, within: 1e-14, "losses")
        expectClose(result.dh, golden.gradients["h"]!.values, within: 1e-14, "dh")
        expectClose(result.dw, golden.gradients["w"]!.values, within: 1e-14, "dw")
        expectClose(result.db, golden.gradients["b"]!.values, within: 1e-14, "db")

        problem.b = nil
        let zeros = SoftmaxProblem(
            h: problem.h, w: problem.w, b: [Double](repeating: 0, count: problem.vocabulary),
            targets: problem.targets, hiddenSize: problem.hiddenSize, scale: problem.scale)
        #expect(problem.reference().losses == zeros.reference().losses)
    }

    /// cross_entropy(weight=…, reduction="sum"), and its gradient divided by the sum of weights.
    @Test func softmaxLossOfWeightedClassesMatchesPyTorch() throws {
        let golden = try GoldenFile.read("softmax_loss_weighted", as: GoldenWeightedLoss.self)
        let targets = golden.inputs["targets"]!.values.map { Int32($0) }
        let classWeights = golden.inputs["class_weights"]!.values
        var problem = SoftmaxProblem(
            h: golden.inputs["h"]!.values, w: golden.inputs["w"]!.values,
            b: golden.inputs["b"]!.values, targets: targets,
            hiddenSize: golden.inputs["h"]!.shape[1], scale: 1)
        let weights = targets.map { classWeights[Int($0)] }
        problem.weights = weights
        problem.scale = 1 / weights.reduce(0, +)
        let result = problem.reference()
        expectClose(result.losses, golden.losses.values, within: 1e-14, "losses")
        expectClose([result.losses.reduce(0, +)], [golden.sum], within: 1e-14, "sum")
        expectClose(result.dh, golden.gradients["h"]!.values, within: 1e-14, "dh")
        expectClose(result.dw, golden.gradients["w"]!.values, within: 1e-14, "dw")
        expectClose(result.db, golden.gradients["b"]!.values, within: 1e-14, "db")
    }

    @Test(arguments: [nil, [2, 0.5, 0, 1.25]])
    func softmaxGradientsMatchCentralDifferences(weights: [Double]?) {
        var problem = SoftmaxProblem(rows: 4, hiddenSize: 3, vocabulary: 7, seed: 2)
        problem.weights = weights
        let result = problem.reference()
        expectClose(problem.centralDifferences(of: \.h), result.dh, within: 1e-8, "dh")
        expectClose(problem.centralDifferences(of: \.w), result.dw, within: 1e-8, "dw")
        expectClose(problem.centralDifferences(of: \.bias), result.db, within: 1e-8, "db")
    }

    @Test func softmaxLossOfLargeLogitsIsFinite() {
        let problem = SoftmaxProblem(
            h: [1000], w: [1, -1, 0.5], b: nil, targets: [1], hiddenSize: 1, scale: 1)
        #expect(problem.reference().losses == [2000])
    }
}
