/// What stands between two bars: one bar line, or several with nothing between them.
public struct BarLine: Hashable, Sendable {
    /// `||`, `|]`, `[|` and the like.
    public internal(set) var isDouble = false
    /// How often what ends here is repeated: the colons before the line.
    public internal(set) var endedRepeats = 0
    /// How often what begins here is repeated: the colons after the line.
    public internal(set) var begunRepeats = 0
    /// False where an ending such as `[1` begins within a bar, and where the tune begins or ends
    /// without a line.
    public internal(set) var isDrawn = true

    /// Where no line is drawn.
    static let absent = BarLine(isDrawn: false)

    /// Whether a section may end or begin here: a repeat or a double bar.
    public var endsSection: Bool { isDouble || endedRepeats > 0 || begunRepeats > 0 }

    /// Adds a line that follows with nothing between.
    mutating func join(_ next: BarLine) {
        isDouble = isDouble || next.isDouble
        endedRepeats = max(endedRepeats, next.endedRepeats)
        begunRepeats = max(begunRepeats, next.begunRepeats)
        isDrawn = isDrawn || next.isDrawn
    }
}
