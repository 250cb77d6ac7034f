/// A kind of dance: its metre and its rhythms. Durations count sixteenths.
struct TuneKind: Sendable {
    /// "jig".
    let name: String
    /// "jigs".
    let plural: String
    /// "6/8".
    let meter: String
    /// Groups of notes in a bar.
    let groups: Int
    /// Rhythms of a group; some stand here more than once, to be drawn more often.
    let rhythms: [[Int]]
    /// The last group of a part, which comes to rest.
    let lastRhythms: [[Int]]

    static let all = [
        TuneKind(
            name: "jig", plural: "jigs", meter: "6/8", groups: 2,
            rhythms: [[2, 2, 2], [2, 2, 2], [2, 2, 2], [4, 2], [4, 2], [2, 1, 1, 2], [6]],
            lastRhythms: [[6]]),
        TuneKind(
            name: "reel", plural: "reels", meter: "4/4", groups: 2,
            rhythms: [[2, 2, 2, 2], [2, 2, 2, 2], [2, 2, 2, 2], [4, 2, 2], [2, 2, 4], [6, 2]],
            lastRhythms: [[8], [4, 4]]),
        TuneKind(
            name: "waltz", plural: "waltzes", meter: "3/4", groups: 1,
            rhythms: [[4, 4, 4], [4, 4, 4], [8, 4], [6, 2, 4], [4, 2, 2, 4], [4, 4, 2, 2]],
            lastRhythms: [[12], [8, 4]]),
        TuneKind(
            name: "polka", plural: "polkas", meter: "2/4", groups: 2,
            rhythms: [[2, 2], [2, 2], [2, 1, 1], [1, 1, 2], [3, 1], [4]],
            lastRhythms: [[4]]),
    ]
}
