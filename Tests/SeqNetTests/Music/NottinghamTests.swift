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

    /// Ten are not, by faults of their own: six have a part (`P:`) that ends in a short bar without a
    /// double bar, two a bar that is too short or too long, two a chord that is no ABC.
    @Test func nearlyAllTunesAreSound() {
        let faulty = tunes.filter { BarCheck.fault(in: $0.trainingText) != nil }
        let byKind = Dictionary(grouping: faulty) { $0.label(by: .fileName) }.mapValues(\.count)
        #expect(tunes.count - faulty.count >= 1024)
        #expect(byKind == ["hpps": 2, "jigs": 5, "morris": 1, "playford": 1, "reels": 1])
    }

    @Test func tunesThatAreABCArePlayed() {
        let played = tunes.compactMap { try? $0.tune() }.filter { MIDIFile($0).bytes.count > 200 }
        #expect(played.count == 1032)
    }

    /// Tunes that a model has not seen copy some that it has: the collection has variants.
    @Test func fewTunesOfAPartCopyThoseOfTheRest() {
        let texts = tunes.map(\.trainingText)
        let held = texts.indices.filter { $0.isMultiple(of: 20) }
        let rest = texts.indices.filter { !$0.isMultiple(of: 20) }
        let known = TuneCopies(of: rest.map { texts[$0] })
        #expect(rest.allSatisfy { known.original(of: texts[$0]) != nil })
        #expect(held.count { known.original(of: texts[$0]) != nil } <= held.count / 10)
    }
}
