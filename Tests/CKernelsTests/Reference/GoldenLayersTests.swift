import TestSupport
import Testing

/// The oracle against PyTorch's float64 values (and, for the cells that PyTorch lacks,
/// against its tensor operations and autograd).
@Suite struct GoldenLayersTests {
    static let bound = 1e-13

    @Test(
        arguments: Cell.allCases, ["1_forward", "1_bidirectional", "2_forward", "2_bidirectional"])
    func oracleMatchesPyTorch(cell: Cell, shape: String) throws {
        let golden = try GoldenFile.read("layers_\(cell.rawValue)_\(shape)", as: GoldenLayers.self)
        let stack = ReferenceStack(
            cell: cell, layers: golden.layers, bidirectional: golden.bidirectional,
            inputSize: golden.inputSize, hiddenSize: golden.hiddenSize,
            parameters: golden.parameters.mapValues(\.values))
        let pass = stack.forward(
            x: golden.inputs["x"]!.values, h0: golden.inputs["h0"]!.values,
            c0: golden.inputs["c0"]?.values, lengths: golden.lengths)
        expectClose(pass.y, golden.outputs["y"]!.values, within: Self.bound, "y")
        expectClose(pass.hn, golden.outputs["hn"]!.values, within: Self.bound, "hn")
        if cell.hasCellState {
            expectClose(pass.cn, golden.outputs["cn"]!.values, within: Self.bound, "cn")
        }

        let gradients = stack.backward(
            pass, dy: golden.lossWeights["y"]!.values, dhn: golden.lossWeights["hn"]!.values,
            dcn: golden.lossWeights["cn"]?.values, lengths: golden.lengths)
        #expect(
            golden.gradients.count == 4 * golden.layers * (golden.bidirectional ? 2 : 1)
                + (cell.hasCellState ? 3 : 2))
        for (name, expected) in golden.gradients {
            let actual = try #require(gradients[name])
            expectClose(actual, expected.values, within: Self.bound, "d\(name)")
        }
    }
}
