/// The tokens of a batch, each of them once.
struct DistinctTokens {
    /// In the order in which they are first met.
    private(set) var tokens: [Int32] = []
    /// For each token of the batch, its place among these.
    private(set) var rows: [Int32] = []

    init(_ batch: [Int32]) {
        var places: [Int32: Int32] = [:]
        rows.reserveCapacity(batch.count)
        for token in batch {
            if let place = places[token] {
                rows.append(place)
                continue
            }
            let place = Int32(tokens.count)
            places[token] = place
            tokens.append(token)
            rows.append(place)
        }
    }
}
