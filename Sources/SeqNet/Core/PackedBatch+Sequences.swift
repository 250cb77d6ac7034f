extension PackedBatch {
    /// The elements of each sequence, given those of the batch's rows.
    func sequences<Element>(of rows: [Element]) -> [[Element]] {
        precondition(rows.count == self.rows, "an element for each row")
        return lengths.enumerated().map { sequence, length in
            (0..<length).map { rows[firstRow(of: $0) + sequence] }
        }
    }
}
