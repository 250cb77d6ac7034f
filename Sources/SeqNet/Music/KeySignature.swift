/// The accidentals that hold throughout a tune.
public struct KeySignature: Hashable, Sendable {
    /// Semitones by which each of the notes C D E F G A B is raised.
    let alterations: [Int]
    /// Sharps of the key, or flats as a negative number, without accidentals that the field adds.
    public let sharps: Int
    /// Whether the mode is minor (not Dorian or Phrygian).
    public let isMinor: Bool

    /// The order in which sharps come, from F; flats come from its end. Indices of C D E F G A B.
    private static let circleOfFifths = [3, 0, 4, 1, 5, 2, 6]

    /// Where a mode's signature lies on the circle of fifths from that of the major key.
    private static let modes = [
        "": 0, "maj": 0, "ion": 0, "m": -3, "min": -3, "aeo": -3, "mix": -1, "dor": -2, "phr": -4,
        "loc": -5, "lyd": 1,
    ]
    private static let clefs = ["treble", "alto", "tenor", "bass", "perc", "clef"]

    private init(sharps: Int, isMinor: Bool, explicit: [Int: Int] = [:]) {
        var alterations = Array(repeating: 0, count: 7)
        for letter in Self.circleOfFifths.prefix(max(0, sharps)) { alterations[letter] = 1 }
        for letter in Self.circleOfFifths.suffix(max(0, -sharps)) { alterations[letter] = -1 }
        for (letter, alteration) in explicit { alterations[letter] = alteration }
        self.alterations = alterations
        self.sharps = sharps
        self.isMinor = isMinor
    }

    /// No accidentals.
    static let none = KeySignature(sharps: 0, isMinor: false)

    /// Reads a key as the field `K:` has it: `D`, `Gm`, `F# mixolydian`, `D exp _b ^f`, `HP`,
    /// `none`. Clefs are passed over.
    /// - Returns: nil for what is none.
    init?(abc: String) {
        var cursor = ABCCursor(abc)
        cursor.skipSpaces()
        var signature = KeySignature.none
        if let special = Self.takeSpecial(&cursor) {
            signature = special
        } else if let next = cursor.next, ("A"..."G").contains(next) {
            guard let named = Self.takeNamed(&cursor) else { return nil }
            signature = named
        }
        var explicit: [Int: Int] = [:]
        while true {
            cursor.skipSpaces()
            if cursor.isAtEnd { break }
            if let alteration = cursor.takeAccidental() {
                guard let letter = cursor.takeLetter() else { return nil }
                explicit[letter.index] = alteration
                continue
            }
            let word = cursor.take { $0 != " " && $0 != "\t" }
            if word.contains("=") || Self.clefs.contains(where: { word.hasPrefix($0) }) { continue }
            guard word == "exp" else { return nil }
            signature = KeySignature.none
        }
        self.init(sharps: signature.sharps, isMinor: signature.isMinor, explicit: explicit)
    }

    /// Takes a key without tonic: those of the Highland bagpipe, or none.
    private static func takeSpecial(_ cursor: inout ABCCursor) -> KeySignature? {
        for (name, signature) in [
            ("HP", none), ("Hp", KeySignature(sharps: 2, isMinor: false)), ("none", none),
        ] {
            var rest = cursor
            if rest.take(while: { $0 != " " }) == name {
                cursor = rest
                return signature
            }
        }
        return nil
    }

    /// Takes a tonic and its mode.
    private static func takeNamed(_ cursor: inout ABCCursor) -> KeySignature? {
        let tonic = cursor.takeLetter()!.index
        var fifths = circleOfFifths.firstIndex(of: tonic)! - 1
        if cursor.take("#") { fifths += 7 } else if cursor.take("b") { fifths -= 7 }
        var rest = cursor
        rest.skipSpaces()
        let word = rest.take { ("a"..."z").contains($0) || ("A"..."Z").contains($0) }
        let mode = word.lowercased()
        if let shift = modes[mode.utf8.count > 3 ? String(mode.prefix(3)) : mode] {
            if !word.isEmpty { cursor = rest }
            fifths += shift
            return (-7...7).contains(fifths)
                ? KeySignature(sharps: fifths, isMinor: shift == -3) : nil
        }
        return (-7...7).contains(fifths) ? KeySignature(sharps: fifths, isMinor: false) : nil
    }
}
