/// A gate, or another kind of unit with a bounded activation, of a recurrent cell.
public struct GateUnit: Equatable, Sendable {
    /// What the values have gone through.
    public enum Activation: String, Sendable {
        case sigmoid, tanh, relu

        func isLow(_ value: Float) -> Bool {
            switch self {
            case .sigmoid: value < 0.1
            case .tanh: value < -0.9
            case .relu: value == 0
            }
        }

        func isHigh(_ value: Float) -> Bool { self != .relu && value > 0.9 }
    }

    /// As in `Cell`: `input`, `forget`, `candidate`, `output` of an LSTM, `reset`, `update`,
    /// `candidate` of a GRU, `hidden` of a plain cell.
    public let name: String
    public let activation: Activation
    /// Which block of the hidden size it is in a row that the cell's kernel saves (see lstm.c
    /// and gru.c); nil for the hidden state itself.
    let block: Int?
}

extension Cell {
    /// The units whose saturation tells how the cell passes gradients, gates in PyTorch's order.
    public var units: [GateUnit] {
        switch self {
        case .rnn(.tanh): [GateUnit(name: "hidden", activation: .tanh, block: nil)]
        case .rnn(.relu): [GateUnit(name: "hidden", activation: .relu, block: nil)]
        case .gru(.simplified):
            [
                GateUnit(name: "update", activation: .sigmoid, block: 0),
                GateUnit(name: "candidate", activation: .tanh, block: 1),
            ]
        case .gru:
            [
                GateUnit(name: "reset", activation: .sigmoid, block: 1),
                GateUnit(name: "update", activation: .sigmoid, block: 2),
                GateUnit(name: "candidate", activation: .tanh, block: 0),
            ]
        case .lstm:
            [
                GateUnit(name: "input", activation: .sigmoid, block: 0),
                GateUnit(name: "forget", activation: .sigmoid, block: 1),
                GateUnit(name: "candidate", activation: .tanh, block: 2),
                GateUnit(name: "output", activation: .sigmoid, block: 3),
            ]
        }
    }
}
