/// Plays a tune into the tracks of a MIDI file.
struct TunePerformance {
    private static let melodyVelocity: UInt8 = 96
    /// Softer than the melody.
    private static let chordVelocity: UInt8 = 56

    var conductor = MIDITrack()
    var melody = MIDITrack()
    var accompaniment = MIDITrack()
    private(set) var hasChords = false

    private var time = NoteLength.zero
    /// When each tied note that still sounds began.
    private var sounding: [Int: NoteLength] = [:]
    private var chord: (symbol: ChordSymbol, start: NoteLength)?
    /// What the conductor's track said last.
    private var said: (tempo: Tempo, metre: Metre?, key: KeySignature)?

    /// The end of the tune in ticks.
    var end: Int { Self.ticks(time) }

    private static func ticks(_ time: NoteLength) -> Int {
        let unitsPerTick = NoteLength.unitsInWhole / 4 / MIDIFile.ticksPerQuarter
        return (time.units + unitsPerTick / 2) / unitsPerTick
    }

    mutating func play(_ tune: Tune) {
        for index in PlayOrder(of: tune.bars).indices {
            let bar = tune.bars[index]
            conduct(bar)
            playChords(of: bar)
            for event in bar.events { play(event) }
        }
        endSounding(but: [])
        endChord(at: time)
    }

    /// Writes the tempo, the metre and the key where they change.
    private mutating func conduct(_ bar: Bar) {
        let tempo = bar.tempo ?? Tempo(defaultFor: bar.metre)
        let now = Self.ticks(time)
        if said?.tempo != tempo {
            conductor.addMeta(
                0x51, MIDITrack.bigEndian(tempo.microsecondsPerQuarter, bytes: 3), at: now)
        }
        if let metre = bar.metre, said?.metre != metre {
            // The clicks of a metronome, in 24ths of a quarter: the beat, dotted if it is compound.
            let click = 96 / metre.beatUnit * (metre.isCompound ? 3 : 1)
            let log2 = metre.beatUnit.trailingZeroBitCount
            conductor.addMeta(
                0x58, [UInt8(metre.beats), UInt8(log2), UInt8(min(max(click, 1), 255)), 8], at: now)
        }
        if said?.key != bar.key {
            let sharps = UInt8(bitPattern: Int8(bar.key.sharps))
            conductor.addMeta(0x59, [sharps, bar.key.isMinor ? 1 : 0], at: now)
        }
        said = (tempo, bar.metre, bar.key)
    }

    private mutating func play(_ event: MusicEvent) {
        let pitches = Set(event.pitches)
        endSounding(but: pitches)
        let ending = time + event.length
        for pitch in event.pitches where sounding[pitch] == nil { sounding[pitch] = time }
        for pitch in pitches where !event.tiedPitches.contains(pitch) {
            end(pitch, at: ending)
        }
        time = ending
    }

    /// Ends the tied notes that the next event does not go on with.
    private mutating func endSounding(but pitches: Set<Int>) {
        for pitch in sounding.keys.sorted() where !pitches.contains(pitch) { end(pitch, at: time) }
    }

    private mutating func end(_ pitch: Int, at ending: NoteLength) {
        guard let start = sounding.removeValue(forKey: pitch) else { return }
        melody.addNote(
            pitch, channel: 0, velocity: Self.melodyVelocity, from: Self.ticks(start),
            to: Self.ticks(ending))
    }

    /// Goes on with the last chord at the start of the bar, unless it begins with another.
    private mutating func playChords(of bar: Bar) {
        var symbols = bar.chordSymbols.compactMap { placed in
            ChordSymbol(placed.text).map { (symbol: $0, start: time + placed.offset) }
        }
        if let chord, symbols.first?.start != time { symbols.insert((chord.symbol, time), at: 0) }
        for next in symbols {
            endChord(at: next.start)
            chord = next
        }
    }

    private mutating func endChord(at ending: NoteLength) {
        guard let chord, chord.start < ending else { return }
        hasChords = true
        for pitch in chord.symbol.pitches {
            accompaniment.addNote(
                pitch, channel: 1, velocity: Self.chordVelocity, from: Self.ticks(chord.start),
                to: Self.ticks(ending))
        }
    }
}
