/// How tags mark entities of several words.
public enum TagScheme: String, Sendable, CaseIterable {
    /// Each tag stands for itself: parts of speech.
    case none
    /// `B-PER` begins an entity, `I-PER` goes on, `O` is in none. (Ramshaw & Marcus 1995, in the
    /// form where every entity has a `B`.)
    case bio
    /// As BIO, and `E-PER` ends an entity, `S-PER` is one of a single word.
    case bioes

    /// Told by the tags of a file.
    public init(of tags: some Sequence<String>) {
        var places: Set<EntityTag.Place> = []
        for tag in tags {
            switch EntityTag(tag) {
            case nil:
                self = .none
                return
            case .outside: break
            case .inside(let place, _): places.insert(place)
            }
        }
        let isPlain = places.isSubset(of: [.begin, .inner])
        self = places.isEmpty ? .none : isPlain ? .bio : .bioes
    }

    /// Whether there are entities to be scored.
    public var marksEntities: Bool { self != .none }

    /// The scheme that a model learns in place of this one: BIOES for BIO, because its tags say
    /// more of where an entity ends (Ratinov & Roth 2009).
    var learned: TagScheme { self == .bio ? .bioes : self }

    /// The tags of a sentence of `count` words with these entities, which do not overlap.
    func tags(of entities: [Entity], count: Int) -> [EntityTag] {
        precondition(marksEntities, "entities need a scheme that marks them")
        var tags = Array(repeating: EntityTag.outside, count: count)
        for entity in entities {
            for word in entity.words {
                let isFirst = word == entity.words.lowerBound
                let isLast = word == entity.words.upperBound - 1 && self == .bioes
                let place: EntityTag.Place =
                    isFirst ? (isLast ? .single : .begin) : isLast ? .end : .inner
                tags[word] = .inside(place, type: entity.type)
            }
        }
        return tags
    }

    /// Tags as this scheme writes the entities that `conlleval` reads from them: converted from
    /// another scheme, and mended where they make no sense.
    public func normalized(_ tags: [String]) -> [String] {
        guard marksEntities else { return tags }
        return self.tags(of: Entity.all(in: tags), count: tags.count).map(\.text)
    }

    /// Whether one tag may follow another in a sentence.
    /// - Parameters:
    ///   - tag: nil before the first word.
    ///   - next: nil after the last word.
    public func allows(_ tag: String?, then next: String?) -> Bool {
        guard marksEntities else { return true }
        func parsed(_ tag: String?) -> EntityTag { tag.flatMap { EntityTag($0) } ?? .outside }
        let continued: String? =
            if case .inside(let place, let type) = parsed(tag), place == .begin || place == .inner {
                type
            } else {
                nil
            }
        if case .inside(let place, let type) = parsed(next), place == .inner || place == .end {
            return continued == type
        }
        // A BIO entity may end anywhere.
        return self == .bio || continued == nil
    }
}
