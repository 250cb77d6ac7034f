/// Cuts the windows of some parts into batches. The seed and the epoch alone decide their order.
struct WindowBatches {
    private let places: [WindowPlace]
    private let batchSize: Int
    private let seed: UInt64

    init(_ parts: [SeriesWindows], batchSize: Int, seed: UInt64) {
        precondition(batchSize >= 1, "at least one window a batch")
        places = parts.enumerated().flatMap { index, windows in
            windows.origins.map { WindowPlace(part: index, origin: $0) }
        }
        self.batchSize = batchSize
        self.seed = seed
    }

    /// Batches of an epoch; the last may have fewer windows.
    var count: Int { (places.count + batchSize - 1) / batchSize }

    /// The batches of an epoch, all windows shuffled.
    func batches(epoch: Int) -> [[WindowPlace]] {
        var random = Random(seed: seed, stream: RandomStream.order(epoch: epoch))
        var order = places
        random.shuffle(&order)
        return cut(order)
    }

    /// The windows in the order of their rows, for an evaluation.
    func batchesInOrder() -> [[WindowPlace]] { cut(places) }

    private func cut(_ places: [WindowPlace]) -> [[WindowPlace]] {
        stride(from: 0, to: places.count, by: batchSize).map {
            Array(places[$0..<min($0 + batchSize, places.count)])
        }
    }
}
