/// One window of truncated back-propagation through time: some steps of every stream,
/// packed time-major. Step t holds one row for each stream that is still active, in
/// stream order; the rows of all steps follow each other without padding.
public struct StreamWindow: Sendable, Equatable {
    /// The steps of each active stream, never increasing. Their sum is the number of rows.
    public internal(set) var lengths: [Int32] = []
    /// [rows] the token before each target, or the line end where a text begins.
    public internal(set) var inputs: [Int32] = []
    /// [rows] the token to predict.
    public internal(set) var targets: [Int32] = []
    /// Rows at which a text begins inside a stream, ascending: the state before them is
    /// zero. The start of a stream is not among them, since an epoch begins with zero
    /// states.
    public internal(set) var resets: [Int32] = []
    /// Space for the tokens of one stream.
    var stream: [Int32] = []

    /// An empty window, to be filled by `StreamBatcher.fill`.
    public init() {}

    public static func == (left: StreamWindow, right: StreamWindow) -> Bool {
        left.lengths == right.lengths && left.inputs == right.inputs
            && left.targets == right.targets && left.resets == right.resets
    }
}
