/// Reads one tune of ABC 2.1; see ``Tune`` for what is read.
struct ABCParser {
    // What the fields have said so far.
    var title: String?
    var metre: Metre?
    /// The length of a note without multiplier. Nil until `L:`, or `K:`, which ends the header.
    var unit: NoteLength?
    var key = KeySignature.none
    var tempo: Tempo?
    private var isInBody = false
    private var voice: String?
    /// Letters that stand for a decoration: those of the standard, and those of `U:`.
    var decorationLetters: Set<Unicode.Scalar> = [".", "~", "H", "L", "M", "O", "P", "S", "T", "u", "v"]

    var lineNumber = 1
    var cursor = ABCCursor("")

    var bars: [Bar] = []
    /// The bar that is being read.
    var bar = Bar(number: 1, line: 1, opening: .absent)
    /// What raises the notes of a letter until the bar ends, by the letter's place in the scale.
    var accidentals: [Int: Int] = [:]
    /// The notes of the last event, by their place on the staff: a tie keeps their pitches.
    var lastPitches: [Int: Int] = [:]
    /// Those of them that are tied to the next event.
    var tiedPitches: [Int: Int] = [:]

    // What waits for the next event.
    var graceNotes: [Int] = []
    var decorations: [String] = []
    /// What broken rhythm makes of its length.
    var brokenFactor: (numerator: Int, denominator: Int)?
    var tuplet: ABCTuplet?

    mutating func parse(_ text: String, firstLine: Int) throws(ABCSyntaxError) -> Tune {
        // Scalars, not characters: to Swift CRLF is one character.
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        lineNumber = firstLine
        var blankLine: Int?
        var hasText = false
        for scalars in lines {
            defer { lineNumber += 1 }
            let line = Self.withoutComment(scalars)
            cursor = ABCCursor(line)
            cursor.skipSpaces()
            if scalars.first == "%" { continue }
            if cursor.isAtEnd {
                if hasText { blankLine = blankLine ?? lineNumber }
                continue
            }
            if blankLine != nil { throw mistake("more of the tune after a blank line, which ends it") }
            hasText = true
            cursor = ABCCursor(line)
            if let letter = fieldLetter {
                try readLine(ofField: letter)
            } else if isInBody {
                try readMusic()
            } else {
                throw mistake("no field, and the key (K:), which ends the header, has not come yet")
            }
        }
        lineNumber -= 1
        guard isInBody else { throw mistake("the tune ends, and has no key (K:)") }
        try endTune()
        return Tune(title: title, bars: bars)
    }

    func mistake(_ what: String) -> ABCSyntaxError {
        ABCSyntaxError(line: lineNumber, column: cursor.position + 1, what: what)
    }

    /// The line without a carriage return at its end, and without `%` and what follows (`\%` is text).
    private static func withoutComment(_ scalars: Substring.UnicodeScalarView) -> String {
        let line = scalars.last == "\r" ? scalars.dropLast() : scalars
        var previous: Unicode.Scalar?
        let end = line.firstIndex { scalar in
            defer { previous = scalar }
            return scalar == "%" && previous != "\\"
        }
        return String(line[..<(end ?? line.endIndex)])
    }
}

// MARK: - Fields

extension ABCParser {
    /// The letter of the field that the line is; nil for a line of music.
    ///
    /// In the body letters of notes and rests are none: `d:|` is music.
    private var fieldLetter: Unicode.Scalar? {
        guard let letter = cursor.next, cursor.peek(1) == ":" else { return nil }
        let isMusic = isInBody && (Self.isNoteLetter(letter) || "zxyZX".unicodeScalars.contains(letter))
        return Self.isLetter(letter) && !isMusic || letter == "+" ? letter : nil
    }

    static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }

    static func isNoteLetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."g").contains(scalar) || ("A"..."G").contains(scalar)
    }

    private mutating func readLine(ofField letter: Unicode.Scalar) throws(ABCSyntaxError) {
        var rest = cursor
        rest.advance()
        rest.advance()
        try read(field: letter, rest.takeRest())
    }

    /// Reads a field on a line of its own, or one within music.
    mutating func read(field letter: Unicode.Scalar, _ value: String) throws(ABCSyntaxError) {
        switch letter {
        case "T": title = title ?? value
        case "M": try readMetre(value)
        case "L": try readUnit(value)
        case "K": try readKey(value)
        case "Q":
            do {
                tempo = try Tempo.parse(abc: value, unit: unit ?? defaultUnit) ?? tempo
            } catch {
                throw mistake("'\(value)' is no tempo; write one as 1/4=120")
            }
        case "V":
            let name = String(value.prefix { $0 != " " })
            if let voice, voice != name { throw mistake("a second voice; tunes of one voice are read") }
            voice = name
        case "U":
            if let symbol = value.unicodeScalars.first { decorationLetters.insert(symbol) }
        default: break
        }
    }

    private mutating func readMetre(_ value: String) throws(ABCSyntaxError) {
        if value.isEmpty || value == "none" {
            metre = nil
            return
        }
        guard let read = Metre(abc: value) else {
            throw mistake("'\(value)' is no metre; write one as 6/8, C or none")
        }
        metre = read
    }

    private mutating func readUnit(_ value: String) throws(ABCSyntaxError) {
        var cursor = ABCCursor(value)
        guard let numerator = cursor.takeNumber(), numerator > 0 else { throw noUnit(value) }
        var denominator = 1
        if cursor.take("/") {
            guard let number = cursor.takeNumber(), number > 0 else { throw noUnit(value) }
            denominator = number
        }
        guard cursor.isAtEnd, let read = NoteLength(numerator, denominator) else { throw noUnit(value) }
        unit = read
    }

    private func noUnit(_ value: String) -> ABCSyntaxError {
        mistake("'\(value)' is no unit of note length; write one as 1/8")
    }

    private mutating func readKey(_ value: String) throws(ABCSyntaxError) {
        guard let read = KeySignature(abc: value) else {
            throw mistake("'\(value)' is no key; write one as G, F#m, Ddor or none")
        }
        key = read
        isInBody = true
        unit = unit ?? defaultUnit
    }

    /// The unit of a tune without `L:`, which a later change of metre leaves as it is.
    private var defaultUnit: NoteLength {
        let isShort = metre.map { $0.barLength < NoteLength(3, 4)! } ?? false
        return NoteLength(1, isShort ? 16 : 8)!
    }
}
