import SeqNet

/// Whether what a model computes are numbers at all.
enum ComputedNumbers {
    /// - Throws: `badData` for a NaN or an infinity among log-probabilities, losses or errors, where a
    ///   sound model has none.
    static func require(_ values: some Sequence<some BinaryFloatingPoint>) throws {
        guard values.allSatisfy(\.isFinite) else { throw SeqNetError.computesNoNumbers }
    }

    static func require(_ value: Double) throws { try require(CollectionOfOne(value)) }
}
