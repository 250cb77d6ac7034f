/// Which window of which part.
struct WindowPlace: Hashable, Sendable {
    let part: Int
    /// The first forecast row, as in ``SeriesWindows/origins``.
    let origin: Int
}
