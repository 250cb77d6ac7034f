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

    @Option(
        help: .init("Units of a layer. (default: tag, classify 128; forecast 32; else 256)",
            valueName: "n"))
    var hiddenSize: Int?

    @Option(help: .init("Recurrent layers. (default: 1)", valueName: "n"))
    var layers: Int?

    @Option(
        help: .init("Width of the embedding; not for forecast. (default: generate 64; lm 64, with words or "
            + "--tie-weights the hidden size; tag, classify 100; translate the hidden size)",
            valueName: "n"))
    var embeddingSize: Int?

    @Flag(
        inversion: .prefixedNo,
        help: ArgumentHelp(
            "Run every layer both ways; not for lm and generate. "
                + "(default: tag, classify, translate yes; else no)"))
    var bidirectional: Bool?

    @Option(
        help: .init("Dropout after the embedding, between layers and before the output. "
            + "(default: tag, classify, translate 0.3; else 0)", valueName: "p"))
    var dropout: Float?

    @Option(
        help: .init("Share of the weights from state to state that each update leaves out (DropConnect). "
            + "(default: 0)", valueName: "p"))
    var recurrentDropout: Float?

    /// What a task takes where nothing is given.
    struct Defaults {
        var hiddenSize: Int
        var isBidirectional = false
        var dropout: Float = 0
    }

    func configuration(
        _ defaults: Defaults, _ resolver: inout OptionResolver
    ) throws -> RecurrentConfiguration {
        try RecurrentConfiguration(
            cell: cell(&resolver),
            hiddenSize: resolver.integer("hidden_size", hiddenSize, default: defaults.hiddenSize),
            layers: resolver.integer("layers", layers, default: 1),
            bidirectional: resolver.flag(
                "bidirectional", bidirectional, default: defaults.isBidirectional),
            dropout: resolver.number("dropout", dropout, default: defaults.dropout),
            recurrentDropout: resolver.number("recurrent_dropout", recurrentDropout, default: 0))
    }

    /// The cell that the options name; an option of another cell contradicts it.
    private func cell(_ resolver: inout OptionResolver) throws -> Cell {
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
            throw CellArguments.misplaced("--activation", .rnn, name)
        }
        if givenForm != nil, name != .gru {
            throw CellArguments.misplaced("--gru-form", .gru, name)
        }
        switch name {
        case .rnn: return .rnn(givenActivation ?? .tanh)
        case .gru: return .gru(givenForm ?? .resetAfter)
        case .lstm: return .lstm
        }
    }
}

extension RecurrentConfiguration {
    /// "lstm 2×128 both ways".
    var summary: String {
        "\(cell.name) \(layers)×\(hiddenSize)\(isBidirectional ? " both ways" : "")"
    }
}
