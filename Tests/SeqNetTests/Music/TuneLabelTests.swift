import Testing

@testable import SeqNet

struct TuneLabelTests {
    /// The names of the 14 files of the Nottingham collection, and others.
    @Test(arguments: [
        ("a/ashover.abc", "ashover"), ("hpps.abc", "hpps"), ("jigs.abc", "jigs"), ("morris.abc", "morris"),
        ("playford.abc", "playford"), ("reelsa-c.abc", "reels"), ("reelsd-g.abc", "reels"),
        ("reelsh-l.abc", "reels"), ("reelsm-q.abc", "reels"), ("reelsr-t.abc", "reels"),
        ("reelsu-z.abc", "reels"), ("slip.abc", "slip"), ("waltzes.abc", "waltzes"), ("xmas.abc", "xmas"),
        ("jigs-a-c.abc", "jigs"), ("jigs_A-M.abc", "jigs"), ("hi-fi.abc", "hi-fi"), ("a-c.abc", "a-c"),
        ("reelsc-a.abc", "reelsc-a"), ("reels1-3.abc", "reels1-3"), ("reels", "reels"),
        ("hip-hop.abc", "hip-hop"),
    ])
    func fileNames(path: String, label: String) {
        #expect(TuneLabel.fromFileName(path) == label)
    }

    @Test func arguments() throws {
        #expect(try TuneLabel(argument: "file") == .fileName)
        #expect(try TuneLabel(argument: "R") == .field("R"))
        for argument in ["", "RR", "1", "é", "File"] {
            let error = #expect(throws: SeqNetError.self) { try TuneLabel(argument: argument) }
            #expect(error?.kind == .usage)
        }
    }
}
