/// Why a text is no sound tune.
public enum TuneFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// It is not ABC.
    case syntax(ABCSyntaxError)
    /// It has no bars.
    case empty
    /// The metre is free or not given, so that no bar can be held against it.
    case noMetre(line: Int, bar: Int)
    case bar(BarFault)

    public var description: String {
        switch self {
        case .syntax(let error): error.description
        case .empty: "the tune has no notes"
        case .noMetre(let line, let bar): "line \(line), bar \(bar): no metre (M:) is in force"
        case .bar(let fault): fault.description
        }
    }
}
