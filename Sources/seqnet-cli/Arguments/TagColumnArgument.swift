import ArgumentParser
import SeqNet

/// Which column holds the tags.
struct TagColumnArgument: ParsableArguments {
    @Option(
        help: .init("Column of the tag: a name of CoNLL-U, or a number. (default: UPOS of CoNLL-U, else "
            + "the last one)", valueName: "column"))
    var column: String?

    func column(_ resolver: inout OptionResolver) throws -> ColumnReference? {
        try resolver.string("column", column).map { ColumnReference($0) }
    }
}
