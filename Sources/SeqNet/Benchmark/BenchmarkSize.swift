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
}
