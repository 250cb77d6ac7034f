import CKernels

/// One direction of one layer, run by the float64 oracle.
struct ReferenceLayer {
    var cell: Cell
    var inputSize: Int
    var hiddenSize: Int
    /// Weights and biases in PyTorch's layout.
    var weightIH: [Double]
    var weightHH: [Double]
    var biasIH: [Double]
    var biasHH: [Double]

    /// What goes in: x [rows, I], and h0, c0 [B, H] or nil for zeros.
    struct Input {
        var x: [Double]
        var h0: [Double]?
        var c0: [Double]?
    }

    /// What comes out: y, cells [rows, H] and hn, cn [B, H]; cells and cn are empty
    /// unless the cell has a cell state.
    struct Output {
        var y: [Double]
        var cells: [Double]
        var hn: [Double]
        var cn: [Double]
        var saved: [Double]
    }

    /// The gradients of `Output` that a loss gives.
    struct OutputGradients {
        var dy: [Double]
        var dhn: [Double]?
        var dcn: [Double]?
    }

    /// The gradients of everything that went in.
    struct Gradients {
        var dx: [Double]
        var dh0: [Double]
        var dc0: [Double]
        var weightIH: [Double]
        var weightHH: [Double]
        var biasIH: [Double]
        var biasHH: [Double]
        /// The whole gradient of each row's hidden state [rows, H].
        var total: [Double]
    }

    func forward(_ input: Input, _ layout: PackedLayout) -> Output {
        let stateCount = cell.hasCellState ? hiddenSize : 0
        var output = Output(
            y: zeros(layout.rows * hiddenSize), cells: zeros(layout.rows * stateCount),
            hn: zeros(layout.sequences * hiddenSize), cn: zeros(layout.sequences * stateCount),
            saved: zeros(layout.rows * sn_reference_saved_size(cell.reference, hiddenSize)))
        layout.withBatch { batch in
            sn_reference_recurrent_forward(
                &output.y, &output.cells, &output.hn, &output.cn, &output.saved,
                input.x, input.h0, input.c0, weightIH, weightHH, biasIH, biasHH,
                batch, cell.reference, inputSize, hiddenSize)
        }
        return output
    }

    /// Adds to `start`, or to zeros.
    func backward(
        _ gradients: OutputGradients, _ input: Input, _ output: Output, _ layout: PackedLayout,
        addedTo start: Gradients? = nil
    ) -> Gradients {
        var result = start ?? zeroGradients(layout)
        layout.withBatch { batch in
            var workspace = zeros(sn_reference_workspace_size(batch, cell.reference, hiddenSize))
            sn_reference_recurrent_backward(
                &result.dx, &result.dh0, &result.dc0, &result.weightIH, &result.weightHH,
                &result.biasIH, &result.biasHH, &result.total, gradients.dy, output.saved,
                gradients.dhn, gradients.dcn, input.x, output.y, output.cells, input.h0, input.c0,
                weightIH, weightHH, &workspace, batch, cell.reference, inputSize, hiddenSize)
        }
        return result
    }

    private func zeroGradients(_ layout: PackedLayout) -> Gradients {
        let stateCount = cell.hasCellState ? hiddenSize : 0
        return Gradients(
            dx: zeros(layout.rows * inputSize), dh0: zeros(layout.sequences * hiddenSize),
            dc0: zeros(layout.sequences * stateCount), weightIH: zeros(weightIH.count),
            weightHH: zeros(weightHH.count), biasIH: zeros(biasIH.count),
            biasHH: zeros(biasHH.count), total: zeros(layout.rows * hiddenSize))
    }

    private func zeros(_ count: Int) -> [Double] {
        [Double](repeating: 0, count: count)
    }
}

extension ReferenceLayer.Gradients {
    /// In the order of `KernelLayer.Gradients.parts`.
    var inOrder: [[Double]] {
        [dx, dh0, dc0, weightIH, weightHH, biasIH, biasHH, total]
    }
}
