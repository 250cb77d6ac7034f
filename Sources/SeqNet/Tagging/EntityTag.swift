/// A tag of an entity scheme: where a word stands in an entity, and of which type that is.
enum EntityTag: Hashable, Sendable {
    /// `O`: in no entity.
    case outside
    /// `B-PER`, `I-PER`, …; the type of a bare `B` or `I` is empty.
    case inside(Place, type: String)

    enum Place: String, CaseIterable, Sendable {
        case begin = "B", inner = "I", end = "E", single = "S"
    }

    /// Nil for a tag that is of no entity scheme.
    init?(_ tag: String) {
        if tag == "O" {
            self = .outside
            return
        }
        guard let place = Place(rawValue: String(tag.prefix(1))) else { return nil }
        let rest = tag.dropFirst()
        guard rest.isEmpty || (rest.first == "-" && rest.count > 1) else { return nil }
        self = .inside(place, type: String(rest.dropFirst()))
    }

    /// As it stands in a file.
    var text: String {
        switch self {
        case .outside: "O"
        case .inside(let place, let type): place.rawValue + (type.isEmpty ? "" : "-" + type)
        }
    }
}
