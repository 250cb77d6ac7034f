import Foundation
import SeqNet
import Testing

/// The collection that lies beside the repository, where it is there.
private let nottingham = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("shared/data/nottingham").path

@Suite(.enabled(if: FileManager.default.fileExists(atPath: nottingham), "no ../shared/data"))
struct NottinghamTests {
    private let tunes: [TuneSource]

    init() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: nottingham)
        tunes = try files.filter { $0.hasSuffix(".abc") }.sorted().flatMap {
            try TuneBook(contentsOf: nottingham + "/" + $0).tunes
        }
    }

    @Test func kindsAndFields() {
        let kinds = Set(tunes.map { $0.label(by: .fileName) })
        #expect(tunes.count == 1034)
        #expect(kinds == ["ashover", "hpps", "jigs", "morris", "playford", "reels", "slip", "waltzes", "xmas"])
        #expect(tunes.count { $0.label(by: .field("R")) != "<none>" } == 65)
    }

    /// The eleven that fail do so by a fault of their own.
    @Test func nearlyAllTunesAreSound() {
        var byKind: [String: (sound: Int, all: Int)] = [:]
        for tune in tunes {
            let fault = BarCheck.fault(in: tune.trainingText)
            let count = byKind[tune.label(by: .fileName)] ?? (0, 0)
            byKind[tune.label(by: .fileName)] = (count.sound + (fault == nil ? 1 : 0), count.all + 1)
            if let fault { print("\(tune.file), tune of line \(tune.line): \(fault)") }
        }
        for (kind, count) in byKind.sorted(by: { $0.key < $1.key }) { print(kind, count.sound, count.all) }
        #expect(byKind.values.reduce(0) { $0 + $1.sound } >= 1023)
    }

    /// A mistake would shorten or lengthen a tune, or leave a note sounding.
    @Test func everyTuneThatIsReadIsPlayed() throws {
        for source in tunes {
            guard let tune = try? source.tune() else { continue }
            #expect(MIDIFile(tune).bytes.count > 200)
        }
    }
}
