/// A run of words of a sentence that is one thing, such as the name of a person.
public struct Entity: Hashable, Sendable {
    /// Such as `PER`; empty where tags name no types.
    public let type: String
    /// Indices of its words.
    public let words: Range<Int>

    public init(type: String, words: Range<Int>) {
        self.type = type
        self.words = words
    }

    /// The entities that tags mark, in order, whatever the scheme.
    ///
    /// Tags that make no sense are read as the `conlleval` script of CoNLL-2000 does: an entity
    /// begins at `B` and `S`, and also where its type changes and where `I` or `E` follows `O`, `E`
    /// or `S`. A tag of no entity scheme is taken for `O`.
    public static func all(in tags: [String]) -> [Entity] {
        all(in: tags.map { EntityTag($0) ?? .outside })
    }

    static func all(in tags: [EntityTag]) -> [Entity] {
        var entities: [Entity] = []
        var open: (type: String, start: Int)?
        var ends = true  // whether the last tag lets no entity go on
        func close(at end: Int) {
            if let open { entities.append(Entity(type: open.type, words: open.start..<end)) }
        }
        for (index, tag) in tags.enumerated() {
            guard case .inside(let place, let type) = tag else {
                close(at: index)
                open = nil
                continue
            }
            let goesOn =
                !ends && open?.type == type && (place == .inner || place == .end)
            if !goesOn {
                close(at: index)
                open = (type, index)
            }
            ends = place == .end || place == .single
        }
        close(at: tags.count)
        return entities
    }
}
