/// Notes, chords and rests, and what changes their lengths.
extension ABCParser {
    /// Semitones from C of the notes of the scale.
    private static let scale = [0, 2, 4, 5, 7, 9, 11]
    private static let middleC = 60
    /// What music knows of; a longer arrow is a slip.
    private static let greatestBreak = 3

    /// Takes a note with its length, which ends before a tie.
    mutating func takeNote() throws(ABCSyntaxError) -> ABCNote {
        let accidental = cursor.takeAccidental()
        guard let letter = cursor.takeLetter() else {
            throw mistake(accidental == nil ? "expected a note" : "an accidental without a note")
        }
        let octave = cursor.takeOctaveMarks() + (letter.isLower ? 1 : 0)
        let staffPlace = letter.index + 7 * octave
        if let accidental { accidentals[letter.index] = accidental }
        let natural = Self.middleC + 12 * octave + Self.scale[letter.index]
        let raised = natural + (accidentals[letter.index] ?? key.alterations[letter.index])
        let pitch = accidental == nil ? tiedPitches[staffPlace] ?? raised : raised
        guard (0...127).contains(pitch) else {
            throw mistake("a note that is too high or too low for MIDI")
        }
        let (numerator, denominator) = try takeMultiplier()
        return ABCNote(
            staffPlace: staffPlace, pitch: pitch, numerator: numerator, denominator: denominator)
    }

    private mutating func takeMultiplier() throws(ABCSyntaxError)
        -> (numerator: Int, denominator: Int)
    {
        guard let multiplier = cursor.takeMultiplier() else {
            throw mistake("a length that no note has; write it as 2, 3/2 or /2")
        }
        return multiplier
    }

    mutating func readNote() throws(ABCSyntaxError) {
        let note = try takeNote()
        try add(
            [note.pitch], note.numerator, note.denominator, staffPlaces: [note.staffPlace: note.pitch])
    }

    mutating func readRest() throws(ABCSyntaxError) {
        cursor.advance()
        let (numerator, denominator) = try takeMultiplier()
        try add([], numerator, denominator)
    }

    /// A rest of whole bars.
    mutating func readLongRest() throws(ABCSyntaxError) {
        guard let metre else { throw mistake("a rest of whole bars needs a metre (M:)") }
        cursor.advance()
        var count = 1
        if cursor.isAtDigit {
            guard let number = cursor.takeNumber(), number > 0 else {
                throw mistake("a rest of no number of bars")
            }
            count = number
        }
        bar.measures = max(bar.measures, count)
        append(pitches: [], length: metre.barLength.scaled(by: count, over: 1)!)
    }

    /// Its length is that of its first note times that after the bracket.
    mutating func readChord() throws(ABCSyntaxError) {
        let opening = mistake("a chord is opened and never closed")
        cursor.advance()
        var notes: [ABCNote] = []
        var tied: [Int: Int] = [:]
        while !cursor.take("]") {
            if cursor.isAtEnd || cursor.next == "|" || cursor.next == "[" { throw opening }
            if let next = cursor.next, next == " " || decorationLetters.contains(next) {
                cursor.advance()
                continue
            }
            let note = try takeNote()
            notes.append(note)
            if cursor.take("-") { tied[note.staffPlace] = note.pitch }
        }
        guard let first = notes.first else { throw mistake("a chord without notes") }
        let (numerator, denominator) = try takeMultiplier()
        try add(
            notes.map(\.pitch), first.numerator * numerator, first.denominator * denominator,
            staffPlaces: Dictionary(notes.map { ($0.staffPlace, $0.pitch) }) { first, _ in first })
        tie(tied)
    }

    mutating func readTie() throws(ABCSyntaxError) {
        guard let last = bar.events.last, !last.isRest else { throw mistake("a tie after no note") }
        cursor.advance()
        tie(lastPitches)
    }

    private mutating func tie(_ pitches: [Int: Int]) {
        tiedPitches.merge(pitches) { first, _ in first }
        let tied = Set(tiedPitches.values)
        let last = bar.events.count - 1
        bar.events[last].tiedPitches = bar.events[last].pitches.filter(tied.contains)
    }
}

// MARK: - Lengths

extension ABCParser {
    /// Adds an event whose length is a multiple of the unit.
    private mutating func add(
        _ pitches: [Int], _ numerator: Int, _ denominator: Int, staffPlaces: [Int: Int] = [:]
    ) throws(ABCSyntaxError) {
        let broken = brokenFactor ?? (1, 1)
        let length = unit!.scaled(
            by: numerator * broken.numerator * (tuplet?.time ?? 1),
            over: denominator * broken.denominator * (tuplet?.notes ?? 1))
        guard let length else { throw mistake("a length that no note has; write it as 2, 3/2 or /2") }
        brokenFactor = nil
        tuplet?.remaining -= 1
        if tuplet?.remaining == 0 { tuplet = nil }
        append(pitches: pitches, length: length)
        lastPitches = staffPlaces
    }

    private mutating func append(pitches: [Int], length: NoteLength) {
        if bar.events.isEmpty {
            bar.line = lineNumber
            bar.metre = metre
            bar.key = key
            bar.tempo = tempo
        }
        bar.events.append(
            MusicEvent(
                pitches: pitches, length: length, graceNotes: graceNotes, decorations: decorations))
        bar.length += length
        graceNotes = []
        decorations = []
        tiedPitches = [:]
    }

    mutating func readTupletOrSlur() throws(ABCSyntaxError) {
        let opening = mistake("a tuplet of no known kind; write it as (3 or (3:2:2")
        cursor.advance()
        guard cursor.isAtDigit else { return }
        let within = tuplet != nil
        guard let notes = cursor.takeNumber() else { throw opening }
        var parts: [Int?] = [nil, nil]
        for index in parts.indices where cursor.take(":") {
            guard cursor.isAtDigit else { continue }
            guard let number = cursor.takeNumber(), (1...64).contains(number) else { throw opening }
            parts[index] = number
        }
        if within { throw mistake("a tuplet within a tuplet") }
        tuplet = ABCTuplet(
            notes: notes, time: parts[0], count: parts[1], isCompound: metre?.isCompound ?? false)
        if tuplet == nil { throw opening }
    }

    /// `a>b` makes one and a half of the first and half of the second; more arrows, more so.
    mutating func readBrokenRhythm() throws(ABCSyntaxError) {
        let opening = mistake("broken rhythm that stands between no two notes of a bar")
        let arrow = cursor.next!
        let count = cursor.take { $0 == arrow }.unicodeScalars.count
        guard let last = bar.events.last, brokenFactor == nil, count <= Self.greatestBreak else {
            throw opening
        }
        let denominator = 1 << count
        let factors = arrow == ">" ? (2 * denominator - 1, 1) : (1, 2 * denominator - 1)
        guard let length = last.length.scaled(by: factors.0, over: denominator) else { throw opening }
        bar.events[bar.events.count - 1].length = length
        bar.length = NoteLength(units: bar.length.units - last.length.units + length.units)
        brokenFactor = (factors.1, denominator)
    }
}
