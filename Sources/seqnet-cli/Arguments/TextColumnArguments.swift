import ArgumentParser
import SeqNet

/// Which columns of CSV or TSV hold texts and labels.
struct TextColumnArguments: ParsableArguments {
    @Option(
        help: .init("Column of the text, by name or number. (default: text)", valueName: "column"))
    var textColumn: String?

    @Option(
        help: .init("Column of the label, by name or number. (default: label)", valueName: "column"))
    var labelColumn: String?

    func columns(_ resolver: inout OptionResolver) throws -> TextColumns {
        TextColumns(
            text: ColumnReference(try resolver.string("text_column", textColumn) ?? "text"),
            label: ColumnReference(try resolver.string("label_column", labelColumn) ?? "label"))
    }
}
