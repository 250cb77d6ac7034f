/// A gap between two tokens: what stands before and after it.
struct GapPlace: Hashable, Sendable {
    var before: GapNeighbor
    var after: GapNeighbor

    /// Whether punctuation is on a side, so that the gap may be other than one space.
    var touchesMark: Bool { before.isMark || after.isMark }
}
