import ArgumentParser
import SeqNet

/// The cell of a benchmark.
struct CellArguments: ParsableArguments {
    @Option(help: .init("Recurrent cell.", valueName: "cell"))
    var cell: CellName = .lstm

    @Option(help: .init("Activation of the rnn cell.", valueName: "function"))
    var activation: Cell.RNNActivation = .tanh

    @Option(help: .init("Form of the gru cell.", valueName: "form"))
    var gruForm: Cell.GRUForm = .resetAfter

    var value: Cell {
        switch cell {
        case .rnn: .rnn(activation)
        case .gru: .gru(gruForm)
        case .lstm: .lstm
        }
    }
}
