import ArgumentParser
import SeqNet

/// The architecture of the recurrent network.
struct ModelArguments: ParsableArguments {
    @Option(help: .init("Recurrent cell. (default: lstm)", valueName: "cell"))
    var cell: CellName?

    @Option(help: .init("Activation of the rnn cell. (default: tanh)", valueName: "function"))
    var activation: Cell.RNNActivation?

    @Option(help: .init("Form of the gru cell. (default: reset-after)", valueName: "form"))
    var gruForm: Cell.GRUForm?

    @Option(help: .init("Units of a layer. (default: 256)", valueName: "n"))
    var hiddenSize: Int?

    @Option(help: .init("Recurrent layers. (default: 1)", valueName: "n"))
    var layers: Int?

    @Option(
        help: .init("Width of the embedding. (default: 64; words and --tie-weights: the hidden size)",
            valueName: "n"))
    var embeddingSize: Int?

    @Option(
        help: .init("Dropout after the embedding, between layers and before the output. (default: 0)",
            valueName: "p"))
    var dropout: Float?

    /// The cell that the options name; an option of another cell contradicts it.
    func cell(_ resolver: inout OptionResolver) throws -> Cell {
        let name = try resolver.choice("cell", cell, default: .lstm)
        var givenActivation = try resolver.choice("activation", activation)
        var givenForm = try resolver.choice("gru_form", gruForm)
        if cell != nil {
            // What a configuration file says of another cell goes with that cell.
            if activation == nil, name != .rnn { givenActivation = nil }
            if gruForm == nil, name != .gru { givenForm = nil }
            resolver.decide("activation", givenActivation)
            resolver.decide("gru_form", givenForm)
        }
        if givenActivation != nil, name != .rnn {
            throw SeqNetError(
                .usage, "--activation: belongs to --cell rnn, not \(name.rawValue); leave it out")
        }
        if givenForm != nil, name != .gru {
            throw SeqNetError(
                .usage, "--gru-form: belongs to --cell gru, not \(name.rawValue); leave it out")
        }
        switch name {
        case .rnn: return .rnn(givenActivation ?? .tanh)
        case .gru: return .gru(givenForm ?? .resetAfter)
        case .lstm: return .lstm
        }
    }
}
