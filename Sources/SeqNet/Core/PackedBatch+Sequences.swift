extension PackedBatch {
    /// The elements of each sequence, given those of the batch's rows.
    func sequences<Element>(of rows: [Element]) -> [[Element]] {
        precondition(rows.count == self.rows, "an element for each row")
        return lengths.enumerated().map { sequence, length in
            (0..<length).map { rows[firstRow(of: $0) + sequence] }
        }
    }

    /// Each row's element of the step before, given those of the batch's rows; `start` in the first
    /// step.
    func shifted<Element>(_ rows: [Element], start: Element) -> [Element] {
        precondition(rows.count == self.rows, "an element for each row")
        var shifted = [Element](repeating: start, count: sequences)
        shifted.reserveCapacity(self.rows)
        for step in 1..<max(steps, 1) {
            let first = firstRow(of: step - 1)
            shifted += rows[first..<first + firstRow(of: step + 1) - firstRow(of: step)]
        }
        return shifted
    }
}
