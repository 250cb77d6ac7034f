/// A tuplet that is being read: p notes in the time of q, which holds for the next r.
struct ABCTuplet {
    let notes: Int
    let time: Int
    /// How many events are still to come.
    var remaining: Int

    /// - Parameters:
    ///   - time: nil for what the standard says of so many notes.
    ///   - count: nil for as many as there are notes.
    /// - Returns: nil when there is no such tuplet: 2 to 9 notes.
    init?(notes: Int, time: Int?, count: Int?, isCompound: Bool) {
        switch notes {
        case 2, 4, 8: self.time = time ?? 3
        case 3, 6: self.time = time ?? 2
        case 5, 7, 9: self.time = time ?? (isCompound ? 3 : 2)
        default: return nil
        }
        self.notes = notes
        remaining = count ?? notes
    }
}
