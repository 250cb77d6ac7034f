/// Makes up the tunes of one kind.
struct TuneComposer {
    /// From middle C to the b almost two octaves above it.
    private static let pitches = 0...13
    private static let letters = Array("CDEFGABcdefgab")

    /// Chords of four bars that lead on, and of four that end a part: in the last bar the tonic
    /// follows the chord named.
    private static let openings: [[TuneKey.Chord]] = [
        [.tonic, .subdominant, .tonic, .dominant], [.tonic, .tonic, .subdominant, .dominant],
        [.tonic, .dominant, .tonic, .dominant],
    ]
    private static let endings: [[TuneKey.Chord]] = [
        [.subdominant, .dominant], [.tonic, .dominant], [.dominant, .dominant],
    ]

    private static let adjectives = [
        "Merry", "Old", "Red", "Silver", "Lazy", "Winding", "Green", "Lonely", "Quiet", "Golden",
    ]
    private static let nouns = [
        "Miller", "Road", "Hill", "Kettle", "Fiddler", "River", "Lantern", "Fox", "Garden", "Bridge",
    ]

    private let kind: TuneKind
    private var key = TuneKey.all[0]
    private var pitch = 0

    init(kind: TuneKind) { self.kind = kind }

    mutating func tune(random: inout Random) -> GeneratedTune {
        key = random.element(of: TuneKey.all)
        pitch = key.tonic
        let parts = (0..<2).map { _ in part(random: &random) }
        let title =
            "The \(random.element(of: Self.adjectives)) \(random.element(of: Self.nouns))"
        return GeneratedTune(
            title: title, kind: kind.name, meter: kind.meter, key: key.name,
            body: parts.joined(separator: "\n"))
    }

    /// Eight bars between repeat signs, on two lines.
    private mutating func part(random: inout Random) -> String {
        let opening = random.element(of: Self.openings), ending = random.element(of: Self.endings)
        let theme = opening[..<2].map { bar($0, random: &random) }
        let pitchAfterTheme = pitch
        let first = theme + opening[2...].map { bar($0, random: &random) }
        pitch = pitchAfterTheme
        let second = theme + [bar(ending[0], random: &random), lastBar(ending[1], random: &random)]
        return "|:\(first.joined(separator: "|"))|\n\(second.joined(separator: "|")):|"
    }

    private mutating func bar(_ chord: TuneKey.Chord, random: inout Random) -> String {
        let groups = (0..<kind.groups).map { index in
            group(
                random.element(of: kind.rhythms), on: index == 0 ? chord : nil, random: &random)
        }
        return named(chord) + groups.joined(separator: " ")
    }

    /// A bar that ends on the tonic.
    private mutating func lastBar(_ chord: TuneKey.Chord, random: inout Random) -> String {
        var groups: [String] = []
        for _ in 1..<kind.groups {
            groups.append(
                named(chord) + group(random.element(of: kind.rhythms), on: chord, random: &random))
        }
        let upper = key.tonic + 7
        pitch = abs(upper - pitch) < abs(key.tonic - pitch) ? upper : key.tonic
        let notes = random.element(of: kind.lastRhythms).map(note).joined()
        return (groups + [named(.tonic) + notes]).joined(separator: " ")
    }

    /// The notes of a group, the first of them of the chord if there is one.
    private mutating func group(
        _ rhythm: [Int], on chord: TuneKey.Chord?, random: inout Random
    ) -> String {
        var notes = ""
        for (index, duration) in rhythm.enumerated() {
            move(to: index == 0 ? chord : nil, random: &random)
            notes += note(duration)
        }
        return notes
    }

    /// Goes to a pitch near by, a step more often than a leap; stays only on a note of the chord.
    /// Of any four neighbouring pitches one is of a chord, so there is always one to go to.
    private mutating func move(to chord: TuneKey.Chord?, random: inout Random) {
        let moves = [-1, 1, -1, 1, -1, 1, -2, 2, -3, 3] + (chord == nil ? [] : [0])
        let reachable = moves.map { pitch + $0 }.filter { near in
            guard Self.pitches.contains(near) else { return false }
            return chord.map { key.isOf($0, pitch: near) } ?? true
        }
        pitch = random.element(of: reachable)
    }

    private func note(_ duration: Int) -> String {
        let length =
            switch duration {
            case 2: ""
            case _ where duration % 2 == 0: String(duration / 2)
            default: "\(duration == 1 ? "" : String(duration))/2"
            }
        return String(Self.letters[pitch]) + length
    }

    private func named(_ chord: TuneKey.Chord) -> String {
        key.chordNames[chord].map { "\"\($0)\"" } ?? ""
    }
}
