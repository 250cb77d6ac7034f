/// What determines the recurrent network of a model of any task.
///
/// In the model file it is part of the `config` object, with the names of the command line's
/// options in snake_case.
public struct RecurrentConfiguration: Equatable, Sendable {
    public var cell: Cell
    public var hiddenSize: Int
    public var layers: Int
    /// Every layer runs both ways.
    public var isBidirectional: Bool
    /// Dropout after the embedding, between layers and before the output.
    public var dropout: Float
    /// The share of the hidden-to-hidden weights that each update of training leaves out; see
    /// `RecurrentLayer`. A tagger's LSTM over characters leaves none out.
    public var recurrentDropout: Float

    /// - Throws: `.usage` that names the option out of range.
    public init(
        cell: Cell = .lstm, hiddenSize: Int = 256, layers: Int = 1, bidirectional: Bool = false,
        dropout: Float = 0, recurrentDropout: Float = 0
    ) throws {
        self.cell = cell
        self.hiddenSize = hiddenSize
        self.layers = layers
        isBidirectional = bidirectional
        self.dropout = dropout
        self.recurrentDropout = recurrentDropout
        try Self.check("hidden-size", hiddenSize, atMost: Self.greatestSize)
        try Self.check("layers", layers, atMost: Self.mostLayers)
        for (option, rate) in [("dropout", dropout), ("recurrent-dropout", recurrentDropout)]
        where !(rate >= 0 && rate < 1) {
            throw SeqNetError(.usage, "--\(option) \(rate): give a probability from 0 to below 1")
        }
    }

    /// Units of all layers and directions.
    public var units: Int { layers * hiddenSize * (isBidirectional ? 2 : 1) }

    /// The largest size of a layer that is taken for meant: 64k units of an LSTM are 64 GB.
    static let greatestSize = 1 << 16
    /// The most layers that are taken for meant.
    private static let mostLayers = 256

    /// Refuses a size that is not in 1 … `most`.
    static func check(_ option: String, _ value: Int, atMost most: Int = greatestSize) throws {
        guard value >= 1, value <= most else {
            throw SeqNetError(.usage, "--\(option) \(value): give a number from 1 to \(most)")
        }
    }

    /// As it stands in a model file's configuration.
    var json: [String: JSONValue] {
        var object: [String: JSONValue] = [
            "cell": .string(cell.name), "hidden_size": .integer(hiddenSize),
            "layers": .integer(layers), "bidirectional": .bool(isBidirectional),
            "dropout": .float(dropout),
        ]
        // Files from before it was there lack it, and their runs are to be resumed.
        if recurrentDropout > 0 { object["recurrent_dropout"] = .float(recurrentDropout) }
        switch cell {
        case .rnn(let activation): object["activation"] = .string(activation.rawValue)
        case .gru(let form): object["gru_form"] = .string(form.rawValue)
        case .lstm: break
        }
        return object
    }

    /// Reads what `json` wrote.
    init(_ reader: ConfigurationReader) throws {
        let cell: Cell =
            switch try reader.value("cell", \.stringValue) {
            case "rnn": .rnn(try reader.choice("activation"))
            case "gru": .gru(try reader.choice("gru_form"))
            case "lstm": .lstm
            case let other: throw reader.fault("unknown cell '\(other)'; update seqnet")
            }
        self = try reader.checked {
            try Self(
                cell: cell, hiddenSize: reader.value("hidden_size", \.intValue),
                layers: reader.value("layers", \.intValue),
                bidirectional: reader.value("bidirectional", default: false, \.boolValue),
                dropout: Float(reader.value("dropout", \.doubleValue)),
                recurrentDropout: Float(
                    reader.value("recurrent_dropout", default: 0, \.doubleValue)))
        }
    }
}

extension RecurrentStack {
    /// The network that `configuration` describes, over inputs of `inputSize`.
    convenience init(
        _ configuration: RecurrentConfiguration, inputSize: Int, prefix: String = "rnn.",
        in block: ParameterBlock
    ) {
        self.init(
            configuration.cell, inputSize: inputSize, hiddenSize: configuration.hiddenSize,
            layers: configuration.layers, bidirectional: configuration.isBidirectional,
            dropout: configuration.dropout, recurrentDropout: configuration.recurrentDropout,
            prefix: prefix, in: block)
    }
}
