import ArgumentParser
import SeqNet

/// What only a forecaster has.
struct ForecastArguments: ParsableArguments {
    @Option(
        parsing: .upToNextOption,
        help: .init("Columns to forecast, by name or number; one at least. (default: none)",
            valueName: "name"))
    var target: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: .init("Columns to read beside them; also hour-of-day, day-of-week and month-of-year of the "
            + "column of times. (default: none)", valueName: "name"))
    var features: [String] = []

    @Option(help: .init("Rows that are read. (default: 96)", valueName: "n"))
    var context: Int?

    @Option(help: .init("Rows after them that are forecast. (default: 24)", valueName: "n"))
    var horizon: Int?

    @Flag(
        inversion: .prefixedNo,
        help: "Count each target from its last value that is read. (default: no)")
    var subtractLast: Bool?

    @Flag(
        inversion: .prefixedNo,
        help: "Count each target from the linear forecast; learn what that leaves. (default: no)")
    var subtractLinear: Bool?

    /// What targets are counted from.
    /// - Throws: `usage` for both flags.
    func base(_ resolver: inout OptionResolver) throws -> ForecastBase {
        let subtractsLast = try resolver.flag("subtract_last", subtractLast)
        let subtractsLinear = try resolver.flag("subtract_linear", subtractLinear)
        guard !(subtractsLast && subtractsLinear) else {
            throw SeqNetError(
                .usage, "--subtract-linear: the linear forecast counts from the last value already; "
                    + "leave --subtract-last out")
        }
        return subtractsLinear ? .linear : subtractsLast ? .lastValue : .zero
    }
}
