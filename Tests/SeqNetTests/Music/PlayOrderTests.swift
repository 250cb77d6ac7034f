import Testing

@testable import SeqNet

struct PlayOrderTests {
    /// Each bar holds one note, and the notes tell what is played.
    private func played(_ music: String) throws -> String {
        let names = [60: "C", 62: "D", 64: "E", 65: "F", 67: "G", 69: "A", 71: "B"]
        let bars = try Tune(parsing: "M:4/4\nK:C\n" + music).bars
        return PlayOrder(of: bars).indices.map { names[bars[$0].events[0].pitches[0]]! }.joined()
    }

    @Test(arguments: [
        ("C|D|E|]", "CDE"), ("C|D:|E|", "CDCDE"), ("C|:D|E:|F|", "CDEDEF"), ("|:C|D:|", "CDCD"),
        ("C:|D:|", "CCDD"), ("C|D||E|F:|", "CDEFEF"), ("|:C|D||E:|", "CDECDE"), ("C::D:|E|", "CCDDE"), ("|:C:||:D:|", "CCDD"), ("|::C::|D|", "CCCD"),
        ("|:C|[1D:|[2E||F|", "CDCEF"), ("|:C|1D:|2E|]F|", "CDCEF"),
        ("|:C|[1,3D:|[2E:|[4F||G|", "CDCECDCFG"), ("|:C|[1-3D:|[4E|]", "CDCDCDCE"),
        ("|:C|[1D:|[2E:|F|", "CDCEF"), ("|:C|[1D|E:|[2F|G||A|", "CDECFGA"),
        ("|:C|[1D:|[2E||F|[1G:|[2A||B|", "CDCEFGFAB"), ("|:C|[1D:|[2E|:F|[1G:|[2A||", "CDCEFGFA"),
        ("C [1 D:|[2 E||F|", "CDCEF"),
        // A repeat that was forgotten before the second ending, and a second ending that was.
        ("|:C|[1D|[2E||F|", "CDCEF"), ("|:C|[1D:|E||F:|", "CDCEFF"),
        ("|:C|D|:E:|", "CDEE"), ("|:C:|:D:|", "CCDD"), ("[1C:|[2D|]", "CD"), ("[2C|D|", "CD"),
    ])
    func repeatsArePlayedOut(music: String, expected: String) throws {
        #expect(try played(music) == expected)
    }
}
