import ArgumentParser
import SeqNet

/// The cell of a benchmark.
struct CellArguments: ParsableArguments {
    @Option(help: .init("Recurrent cell.", valueName: "cell"))
    var cell: CellName = .lstm

    @Option(help: .init("Activation of the rnn cell. (default: tanh)", valueName: "function"))
    var activation: Cell.RNNActivation?

    @Option(help: .init("Form of the gru cell. (default: reset-after)", valueName: "form"))
    var gruForm: Cell.GRUForm?

    /// - Throws: `.usage` for an option of another cell.
    func value() throws -> Cell {
        if activation != nil, cell != .rnn { throw Self.misplaced("--activation", .rnn, cell) }
        if gruForm != nil, cell != .gru { throw Self.misplaced("--gru-form", .gru, cell) }
        return switch cell {
        case .rnn: .rnn(activation ?? .tanh)
        case .gru: .gru(gruForm ?? .resetAfter)
        case .lstm: .lstm
        }
    }

    /// An option of one cell beside another.
    static func misplaced(_ option: String, _ owner: CellName, _ cell: CellName) -> SeqNetError {
        SeqNetError(
            .usage,
            "\(option): belongs to --cell \(owner.rawValue), not \(cell.rawValue); leave it out")
    }
}
