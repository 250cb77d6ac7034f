/// The parameters of one direction of a recurrent layer.
struct RecurrentWeights: Sendable {
    let input: Parameter
    let hidden: Parameter
    let inputBias: Parameter
    let hiddenBias: Parameter
    let packed: PackedRecurrentWeights

    init(
        _ cell: Cell, inputSize: Int, hiddenSize: Int, prefix: String, suffix: String,
        in block: ParameterBlock
    ) {
        let rows = cell.gates * hiddenSize
        let initial = Initializer.uniform(bound: 1 / Float(hiddenSize).squareRoot())
        input = block.add("\(prefix)weight_ih\(suffix)", [rows, inputSize], initial)
        hidden = block.add("\(prefix)weight_hh\(suffix)", [rows, hiddenSize], initial)
        inputBias = block.add("\(prefix)bias_ih\(suffix)", [rows], initial)
        hiddenBias = block.add("\(prefix)bias_hh\(suffix)", [rows], initial)
        packed = PackedRecurrentWeights(
            cell, input, hidden, inputBias, hiddenBias, inputSize, hiddenSize)
        block.register(packed)
    }
}
