import Foundation
import Testing

@testable import SeqNet

struct MIDIFileTests {
    private let folder: TextFolder

    init() throws { folder = try TextFolder() }

    private static let quarter: [UInt8] = [0x83, 0x60]  // 480 ticks

    private func bytes(_ text: String, name: String = "Tune") throws -> [UInt8] {
        try MIDIFile(Tune(parsing: text), name: name).bytes
    }

    private func track(_ body: [UInt8]) -> [UInt8] {
        Array("MTrk".utf8) + [0, 0, UInt8(body.count >> 8), UInt8(body.count & 0xFF)] + body
    }

    /// Byte for byte as the standard has it: two notes, a chord symbol, a title.
    @Test func aTinyTune() throws {
        let header = Array("MThd".utf8) + [0, 0, 0, 6, 0, 1, 0, 3, 0x01, 0xE0]
        let conductor = track(
            [0x00, 0xFF, 0x03, 2] + Array("Ti".utf8)
                + [0x00, 0xFF, 0x51, 3, 0x06, 0x1A, 0x80]  // 400,000 µs a quarter: 3/8 = 100
                + [0x00, 0xFF, 0x58, 4, 6, 3, 36, 8, 0x00, 0xFF, 0x59, 2, 1, 0]
                + [0x85, 0x50, 0xFF, 0x2F, 0])
        let melody = track(
            [0x00, 0xFF, 0x03, 6] + Array("Melody".utf8)
                + [0x00, 0x90, 78, 96] + [0x81, 0x70, 0x80, 78, 0]  // f at 0, an eighth
                + [0x00, 0x90, 67, 96] + Self.quarter + [0x80, 67, 0] + [0x00, 0xFF, 0x2F, 0])
        let chords = track(
            [0x00, 0xFF, 0x03, 6] + Array("Chords".utf8)
                + [0x81, 0x70, 0x91, 43, 56, 0x00, 0x91, 55, 56, 0x00, 0x91, 59, 56, 0x00, 0x91, 62, 56]
                + Self.quarter + [0x81, 43, 0, 0x00, 0x81, 55, 0, 0x00, 0x81, 59, 0, 0x00, 0x81, 62, 0]
                + [0x00, 0xFF, 0x2F, 0])
        let file = try bytes("T:Ti\nM:6/8\nK:G\nf\"G\"G2|")
        #expect(file == header + conductor + melody + chords)
    }

    @Test func aTuneWithoutChordsHasTwoTracks() throws {
        let file = try bytes("M:4/4\nL:1/4\nQ:1/4=120\nK:Am\nA4|", name: "reels")
        let body =
            [0x00, 0xFF, 0x03, 5] + Array("reels".utf8)
            + [0x00, 0xFF, 0x51, 3, 0x07, 0xA1, 0x20, 0x00, 0xFF, 0x58, 4, 4, 2, 24, 8]
            + [0x00, 0xFF, 0x59, 2, 0, 1, 0x8F, 0x00, 0xFF, 0x2F, 0]
        #expect(Array(file[10..<12]) == [0, 2])
        #expect(Array(file[14...].prefix(8 + body.count)) == track(body))
    }

    /// (start, end, pitch) of each note in ticks, read back from the bytes of the melody's track.
    private func notes(_ music: String) throws -> [[Int]] {
        var performance = TunePerformance()
        performance.play(try Tune(parsing: "M:4/4\nL:1/4\nK:C\n" + music))
        let chunk = performance.melody.chunk(end: 0)
        var (index, now) = (8, 0)
        var starts: [UInt8: Int] = [:]
        var notes: [[Int]] = []
        while true {
            var delta = 0
            while chunk[index] >= 0x80 {
                delta = delta << 7 | Int(chunk[index] & 0x7F)
                index += 1
            }
            now += delta << 7 | Int(chunk[index])
            let (status, pitch) = (chunk[index + 1], chunk[index + 2])
            if status == 0xFF { break }
            index += 4
            if status == 0x90 {
                #expect(starts.updateValue(now, forKey: pitch) == nil, "a note begins while it sounds")
            } else {
                let start = starts.removeValue(forKey: pitch)
                notes.append([try #require(start), now, Int(pitch)])
            }
        }
        #expect(starts.isEmpty)
        return notes.sorted { ($0[0], $0[2]) < ($1[0], $1[2]) }
    }

    @Test func notesThatAreTiedAreOne() throws {
        #expect(try notes("C2-C D|") == [[0, 1440, 60], [1440, 1920, 62]])
        #expect(try notes("C4-|C-C2 D|") == [[0, 3360, 60], [3360, 3840, 62]])
        #expect(try notes("CC|") == [[0, 480, 60], [480, 960, 60]])
        #expect(try notes("[C-E][CG]|") == [[0, 960, 60], [0, 480, 64], [480, 960, 67]])
        #expect(try notes("[CE]-C|") == [[0, 960, 60], [0, 480, 64]])
    }

    /// A tie to another pitch is a slur, and one to a rest or the end is nothing.
    @Test func otherTiesEndWithTheNote() throws {
        #expect(try notes("C-D|") == [[0, 480, 60], [480, 960, 62]])
        #expect(try notes("C-z C-|") == [[0, 480, 60], [960, 1440, 60]])
        #expect(try notes("^C-|C C|") == [[0, 960, 61], [960, 1440, 60]])
    }

    /// Repeats, triplets to the nearest tick, unisons of a chord.
    @Test func timesAreExact() throws {
        #expect(try notes("C:|").map { $0[0] } == [0, 480])
        #expect(try notes("(3C/4D/4E/4 F|").map { $0[0] } == [0, 80, 160, 240])
        #expect(try notes("(7C/D/E/F/G/A/B/ c|").map { $0[0] } == [0, 69, 137, 206, 274, 343, 411, 480])
        #expect(try notes("[CC]|") == [[0, 480, 60]])
    }

    @Test func metreKeyAndTempoChangeWithinTheTune() throws {
        let file = try bytes("M:4/4\nL:1/4\nK:C\nC4|[M:3/4]C3|[K:F]C3|[Q:1/4=60]C3|C3|")
        func count(_ meta: [UInt8]) -> Int {
            (0..<file.count - 3).count { Array(file[$0..<$0 + meta.count]) == meta }
        }
        #expect(count([0xFF, 0x58]) == 2)
        #expect(count([0xFF, 0x59]) == 2)
        #expect(count([0xFF, 0x51]) == 2)
        #expect(count([0xFF, 0x59, 2, 0xFF]) == 1, "one flat is -1")
    }

    @Test func theFileIsWritten() throws {
        let file = try MIDIFile(Tune(parsing: "M:4/4\nK:C\nC8|"))
        let path = folder.path + "/out.mid"
        try file.write(to: path)
        #expect(try Array(Data(contentsOf: URL(fileURLWithPath: path))) == file.bytes)
        let error = #expect(throws: SeqNetError.self) { try file.write(to: folder.path + "/none/out.mid") }
        #expect(error?.kind == .cannotWrite)
    }
}
