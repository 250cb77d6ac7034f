/// Tells the odd from the even occurrences of each punctuation mark in a line.
struct MarkOccurrences {
    private var odd: Set<Unicode.Scalar> = []

    /// The next occurrence of a mark in the line.
    mutating func next(_ mark: Unicode.Scalar) -> GapNeighbor {
        if odd.remove(mark) != nil { return .closing(mark) }
        odd.insert(mark)
        return .opening(mark)
    }
}
