/// A Standard MIDI File that plays a tune.
///
/// Format 1, 480 ticks a quarter: a track with the title, tempo, metre and key, one with the melody,
/// and, when the tune has chord symbols, one that plays them, anew at each bar. Repeats and
/// endings are played out. Grace notes and decorations are not played.
///
/// ```swift
/// try MIDIFile(Tune(parsing: text), name: "a jig").write(to: "out.mid")
/// ```
public struct MIDIFile: Sendable {
    /// The whole file.
    public let bytes: [UInt8]

    static let ticksPerQuarter = 480

    /// - Parameters:
    ///   - tune: one without a tempo (`Q:`) is played at a usual one of its metre.
    ///   - name: of the first track, when the tune has no title.
    public init(_ tune: Tune, name: String = "Tune") {
        var performance = TunePerformance()
        performance.conductor.addName(tune.title ?? name)
        performance.melody.addName("Melody")
        performance.accompaniment.addName("Chords")
        performance.play(tune)
        var tracks = [performance.conductor, performance.melody]
        if performance.hasChords { tracks.append(performance.accompaniment) }
        let header =
            Array("MThd".utf8) + MIDITrack.bigEndian(6, bytes: 4) + MIDITrack.bigEndian(1, bytes: 2)
            + MIDITrack.bigEndian(tracks.count, bytes: 2)
            + MIDITrack.bigEndian(Self.ticksPerQuarter, bytes: 2)
        bytes = tracks.reduce(header) { $0 + $1.chunk(end: performance.end) }
    }

    /// Writes the file; see ``AtomicFile``.
    /// - Throws: `cannotWrite`.
    public func write(to path: String) throws {
        try bytes.withUnsafeBytes { try AtomicFile.write([$0], to: path) }
    }
}
