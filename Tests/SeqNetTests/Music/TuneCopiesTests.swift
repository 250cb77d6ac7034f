import Testing

@testable import SeqNet

struct TuneCopiesTests {
    private static let first = "M:4/4\nL:1/4\nK:D\n\"D\"DEFG|AFDA|BGEB|A4|dcBA|GFED|EFGE|D4|"
    private static let second = "M:3/4\nL:1/4\nK:G\nGAB|c2A|BGE|D3|"
    private let known = TuneCopies(of: [first, second])

    @Test func aTuneIsACopyOfItself() {
        #expect(known.original(of: Self.first) == 0)
        #expect(known.original(of: Self.second) == 1)
    }

    /// Chords, bar lines, spaces, fields and units are no notes.
    @Test(arguments: [
        "M:4/4\nL:1/4\nK:D\nDEFG|AFDA|BGEB|A4|dcBA|GFED|EFGE|D4|]",
        "M:4/4\nK:D\nD2E2 F2G2|A2F2D2A2|\nB2G2E2B2|A8|d2c2B2A2|G2F2E2D2|E2F2G2E2|D8|",
        "M:4/4\nL:1/4\nK:C\nDE^FG|A^FDA|BGEB|A4|d^cBA|G^FED|E^FGE|D4|",
        // Two notes of 26 are others, or missing.
        "M:4/4\nL:1/4\nK:D\nDEFG|AFDA|BGEA|A4|dcBB|GFED|EFGE|D4|",
        "M:4/4\nL:1/4\nK:D\nFG|AFDA|BGEB|A4|dcBA|GFED|EFGE|D4|",
    ])
    func nearCopiesAreFound(text: String) {
        #expect(known.original(of: text) == 0)
    }

    @Test(arguments: [
        "M:4/4\nL:1/4\nK:D\nDEFG|AFDA|BGEA|A4|dcBB|GFED|EFGF|D4|",  // three of 26
        "M:4/4\nL:1/4\nK:D\nDEFG|AFDA|BGEB|A4|",  // half of it
        "M:4/4\nL:1/4\nK:C\nCDEF|GECG|AFDA|G4|cBAG|FEDC|DEFD|C4|",  // another key
        "M:4/4\nL:1/8\nK:D\nDEFG|AFDA|BGEB|A4|dcBA|GFED|EFGE|D4|",  // other lengths
        "M:4/4\nK:C\n|", "no tune", "",
    ])
    func otherTunesAreNone(text: String) {
        #expect(known.original(of: text) == nil)
    }

    @Test func whatIsNoABCMayCopyAText() {
        let known = TuneCopies(of: ["K:C\n@ @", Self.first])
        #expect(known.original(of: "K:C @\n@") == 0)
        #expect(known.original(of: "K:C\n@") == nil)
    }

    @Test func theNearestIsNamed() {
        let tune = "K:C\nCDEFGABcCDEFGABcCDEF|"
        let near = TuneCopies(of: [tune + "zz", tune + "z", tune + "zzz"])
        #expect(near.original(of: tune) == 1)
    }

    /// The band changes nothing below the limit.
    @Test func editDistancesAreThoseOfTheWholeTable() {
        var random = Random(seed: 1, stream: 0)
        for _ in 0..<300 {
            let a = (0..<random.integer(below: 12)).map { _ in random.integer(below: 3) }
            let b = (0..<random.integer(below: 12)).map { _ in random.integer(below: 3) }
            let distance = Self.distance(a[...], b[...])
            for limit in 0...12 {
                let found = TuneCopies.edits(a, b, atMost: limit)
                #expect(found == (distance <= limit ? distance : nil), "\(a) \(b) \(limit)")
            }
        }
        #expect(TuneCopies.edits([1], [1], atMost: -1) == nil)
    }

    private static func distance(_ a: ArraySlice<Int>, _ b: ArraySlice<Int>) -> Int {
        var row = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var next = [i + 1]
            for (j, y) in b.enumerated() {
                next.append(min(row[j] + (x == y ? 0 : 1), row[j + 1] + 1, next[j] + 1))
            }
            row = next
        }
        return row[b.count]
    }
}
