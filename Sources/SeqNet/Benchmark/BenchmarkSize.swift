/// Sizes that a benchmark may have.
enum BenchmarkSize {
    /// The greatest that is taken for meant: products of three such sizes still fit an Int.
    private static let greatest = 1 << 20

    /// - Throws: `.usage` that names the option.
    static func check(_ option: String, _ size: Int, atLeast least: Int = 1) throws {
        guard size >= least, size <= greatest else {
            throw SeqNetError(.usage, "\(option) \(size): give \(least) to \(greatest)")
        }
    }

    /// - Parameters:
    ///   - floats: that the benchmark holds at once, roughly.
    ///   - options: what they follow from.
    /// - Throws: `.usage` when this process cannot have so many.
    static func requireMemory(floats: Double, options: [String]) throws {
        try SystemMemory.require(
            floats * Double(MemoryLayout<Float>.stride), for: "a benchmark of these sizes",
            remedy: "use a smaller " + options.joined(separator: ", "))
    }
}
