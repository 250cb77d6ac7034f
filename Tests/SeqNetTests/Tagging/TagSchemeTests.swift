import Testing

@testable import SeqNet

struct TagSchemeTests {
    private func tags(_ text: String) -> [String] { text.split(separator: " ").map { String($0) } }

    @Test(arguments: [
        ("O B-PER I-PER", TagScheme.bio),
        ("O I-PER", .bio),
        ("B-NP B-VP", .bio),
        ("O B I", .bio),
        ("O S-PER", .bioes),
        ("B-PER E-PER", .bioes),
        ("NOUN VERB", .none),
        ("O B-PER NOUN", .none),
        ("O O", .none),
        ("", .none),
    ])
    func theTagsTellTheScheme(text: String, expected: TagScheme) {
        #expect(TagScheme(of: tags(text)) == expected)
    }

    @Test(arguments: [
        ("B-PER I-PER I-PER O B-LOC B-LOC I-LOC", "B-PER I-PER E-PER O S-LOC B-LOC E-LOC"),
        ("O", "O"),
        ("B I", "B E"),
    ])
    func bioAndBIOESSayTheSame(bio: String, bioes: String) {
        #expect(TagScheme.bioes.normalized(tags(bio)) == tags(bioes))
        #expect(TagScheme.bio.normalized(tags(bioes)) == tags(bio))
        #expect(TagScheme.bio.normalized(tags(bio)) == tags(bio))
        #expect(TagScheme.bioes.normalized(tags(bioes)) == tags(bioes))
    }

    @Test func tagsThatMakeNoSenseAreMended() {
        #expect(TagScheme.bio.normalized(tags("I-PER I-LOC O I-LOC")) == tags("B-PER B-LOC O B-LOC"))
        #expect(TagScheme.bioes.normalized(tags("B-PER O E-LOC")) == tags("S-PER O S-LOC"))
        #expect(TagScheme.bio.normalized(tags("B-PER X")) == tags("B-PER O"))
        #expect(TagScheme.none.normalized(tags("NOUN I-PER")) == tags("NOUN I-PER"))
    }

    private static let places = ["O", "B-A", "I-A", "E-A", "S-A", "B-C", "I-C", "E-C", "S-C"]

    /// A sequence of tags is allowed, step by step, if and only if nothing in it needs mending.
    @Test(arguments: [TagScheme.bio, .bioes])
    func whatIsAllowedNeedsNoMending(scheme: TagScheme) {
        let known = scheme == .bio ? Self.places.filter { !"ES".contains($0.first!) } : Self.places
        for first in known {
            for second in known {
                for third in known {
                    let sentence = [first, second, third]
                    let path = [nil] + sentence.map { Optional($0) } + [nil]
                    let isAllowed = zip(path, path.dropFirst()).allSatisfy { scheme.allows($0, then: $1) }
                    #expect(isAllowed == (scheme.normalized(sentence) == sentence), "\(sentence)")
                }
            }
        }
    }

    @Test func withoutASchemeAllIsAllowed() {
        #expect(TagScheme.none.allows(nil, then: "I-PER") && TagScheme.none.allows("O", then: "E-PER"))
    }
}
