import CKernels
import TestSupport

@testable import SeqNet

/// A language model in float64 on the oracle's cells, one step at a time, so that a hidden
/// state can be moved in the middle of a text.
struct ReferenceLanguageModel {
    /// Where to add what to a hidden state.
    struct Nudge {
        let step: Int
        let layer: Int
        let unit: Int
        let amount: Double
    }

    private let parameters: [String: [Double]]
    private let cell: sn_reference_cell
    private let layers: Int
    private let hiddenSize: Int
    private let embeddingSize: Int
    private let vocabulary: Int

    init(_ model: LanguageModel) {
        parameters = Dictionary(
            uniqueKeysWithValues: model.parameters.parameters.map {
                ($0.name, $0.buffer.map { Double($0) })
            })
        cell =
            switch model.recurrent.cell {
            case .rnn(.tanh): SN_REFERENCE_RNN_TANH
            case .rnn(.relu): SN_REFERENCE_RNN_RELU
            case .gru(.resetAfter): SN_REFERENCE_GRU_RESET_AFTER
            case .gru(.resetBefore): SN_REFERENCE_GRU_RESET_BEFORE
            case .gru(.simplified): SN_REFERENCE_GRU_SIMPLIFIED
            case .lstm: SN_REFERENCE_LSTM
            }
        layers = model.recurrent.layers.count
        hiddenSize = model.recurrent.hiddenSize
        embeddingSize = model.embedding.size
        vocabulary = model.vocabulary.count
    }

    /// The loss of `target` after all of `inputs`, read from a zero state.
    func loss(_ inputs: [Int32], target: Int32, _ nudge: Nudge? = nil) -> Double {
        let zeros = [Double](repeating: 0, count: hiddenSize)
        var states = Array(repeating: (hidden: zeros, cell: zeros), count: layers)
        for (step, id) in inputs.enumerated() {
            let row = Int(id) * embeddingSize..<(Int(id) + 1) * embeddingSize
            var x = Array(parameters["embedding.weight"]![row])
            for layer in 0..<layers {
                states[layer] = self.step(x, states[layer], layer)
                if let nudge, nudge.step == step, nudge.layer == layer {
                    states[layer].hidden[nudge.unit] += nudge.amount
                }
                x = states[layer].hidden
            }
        }
        let top = states[layers - 1].hidden
        let logits = (0..<vocabulary).map { id in
            (0..<hiddenSize).reduce(parameters["output.bias"]![id]) {
                $0 + top[$1] * parameters["output.weight"]![id * hiddenSize + $1]
            }
        }
        return naturalLog(logits.map(naturalExp).reduce(0, +)) - logits[Int(target)]
    }

    /// The norm of the loss's gradient by a hidden state, by central differences. With steps
    /// of 1e-5 their error is near 1e-10.
    func gradientNorm(_ inputs: [Int32], target: Int32, step: Int, layer: Int) -> Double {
        let amount = 1e-5
        return norm(
            (0..<hiddenSize).map { unit in
                let losses = [amount, -amount].map {
                    loss(inputs, target: target, Nudge(step: step, layer: layer, unit: unit, amount: $0))
                }
                return (losses[0] - losses[1]) / (2 * amount)
            })
    }

    /// The states of a layer one step on.
    private func step(
        _ x: [Double], _ state: (hidden: [Double], cell: [Double]), _ layer: Int
    ) -> (hidden: [Double], cell: [Double]) {
        let batch = PackedBatch(sequences: 1, steps: 1)
        var hidden = state.hidden, cells = state.cell
        var saved = [Double](repeating: 0, count: sn_reference_saved_size(cell, hiddenSize))
        func weights(_ name: String) -> [Double] { parameters["rnn.\(name)_l\(layer)"]! }
        sn_reference_recurrent_forward(
            &hidden, &cells, nil, nil, &saved, x, state.hidden, state.cell, weights("weight_ih"),
            weights("weight_hh"), weights("bias_ih"), weights("bias_hh"), batch.pointer, cell, x.count,
            hiddenSize)
        return (hidden, cells)
    }
}
