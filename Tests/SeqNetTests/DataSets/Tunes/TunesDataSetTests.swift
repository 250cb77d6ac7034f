import Foundation
@testable import SeqNet
import Testing

struct TunesDataSetTests {
    private static let data = try! TunesDataSet(size: 203)
    private var data: TunesDataSet { Self.data }

    /// Sixteenths of the notes of a bar, whose chords are left out.
    private func duration(ofBar bar: some StringProtocol) throws -> Int {
        let notes = bar.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 0 }.map(\.element).joined()
        var sum = 0
        for note in notes.matches(of: /([A-Ga-g])(\d*)(\/2)?/) {
            let length = note.2.isEmpty ? 1 : try #require(Int(note.2))
            sum += note.3 == nil ? 2 * length : length
        }
        #expect(notes.wholeMatch(of: /([A-Ga-g]\d*(\/2)?| )+/) != nil, "\(notes)")
        return sum
    }

    @Test func barsEqualTheMetre() throws {
        let sixteenths = ["6/8": 12, "4/4": 16, "3/4": 12, "2/4": 8]
        for tune in data.tunes {
            let bars = tune.body.split { "|:\n".contains($0) }
            #expect(bars.count == 16)
            for bar in bars { #expect(try duration(ofBar: bar) == sixteenths[tune.meter], "\(bar)") }
        }
    }

    @Test func partsAreRepeated() {
        for tune in data.tunes {
            let lines = tune.body.split(separator: "\n")
            #expect(lines.count == 4)
            for part in [lines[..<2], lines[2...]] {
                #expect(part.first!.hasPrefix("|:") && part.last!.hasSuffix(":|"))
                let first = part.first!.dropFirst(2).split(separator: "|")
                let second = part.last!.split(separator: "|")
                #expect(first[..<2] == second[..<2], "the theme comes again")
            }
        }
    }

    @Test func tunesEndOnTheTonic() {
        for tune in data.tunes {
            let last = tune.body.last { $0.isLetter }!
            #expect(last.uppercased() == tune.key)
        }
    }

    @Test func kindsTakeTurnsAndNoTuneComesTwice() {
        #expect(Set(data.tunes.map(\.body)).count == 203)
        let counts = ["jig", "reel", "waltz", "polka"].map { kind in
            data.tunes.count { $0.kind == kind }
        }
        #expect(counts == [51, 51, 51, 50])
    }

    @Test func filesHoldAKindEach() throws {
        #expect(data.files.map(\.name) == ["jigs.abc", "reels.abc", "waltzes.abc", "polkas.abc"])
        for (file, kind) in zip(data.files, ["jig", "reel", "waltz", "polka"]) {
            let tunes = file.text.components(separatedBy: "\n\n")
            #expect(tunes.count == data.tunes.count { $0.kind == kind })
            for (index, tune) in tunes.enumerated() {
                let fields = tune.split(separator: "\n").prefix(6)
                #expect(fields.map { $0.prefix(2) } == ["X:", "T:", "R:", "M:", "L:", "K:"])
                #expect(fields[0] == "X:\(index + 1)" && fields[2] == "R:\(kind)")
            }
            #expect(file.text.hasSuffix(":|\n"))
        }
    }

    @Test func textOfASeedStaysTheSame() throws {
        #expect(data.checksum == "3fea8194")
        #expect(try TunesDataSet(size: 203, seed: 2).checksum != data.checksum)
        #expect(
            data.tunes[0].abc(number: 1) == #"""
                X:1
                T:The Old Fox
                R:jig
                M:6/8
                L:1/8
                K:C
                |:"C"C2F EFC|"G7"DCE D2G|"C"cd/2e/2B A2d|"G7"BcG A2B|
                "C"C2F EFC|"G7"DCE D2G|"G7"G3 F3|"G7"GAB "C"c3:|
                |:"C"c2d eBG|"F"cdc dcd|"C"cd/2e/2a g3|"G7"gaf ef/2c/2B|
                "C"c2d eBG|"F"cdc dcd|"F"cB/2c/2B dcB|"G7"GF/2B/2e "C"c3:|

                """#)
    }
}
