/// Cuts a part of a corpus into streams that are read side by side, window after window,
/// for truncated back-propagation through time.
///
/// Of N tokens in B streams, the first N mod B streams hold one token more than the
/// others. Each token of the part, the first included, is a target exactly once an epoch.
/// Its input is the token before it, also across a boundary between streams; where a text
/// begins it is the line end.
///
///     let batcher = try StreamBatcher(
///         corpus.training, vocabulary: corpus.vocabulary, batchSize: 32, sequenceLength: 64)
///     var window = StreamWindow()
///     for index in 0..<batcher.windowCount { batcher.fill(&window, index) … }
public struct StreamBatcher: Sendable {
    public let part: CorpusPart
    /// B, the number of streams.
    public let batchSize: Int
    /// T, the most steps of a window; no more than the longest stream has.
    public let sequenceLength: Int
    private let lineEnd: Int32

    /// Tokens that a stream must have: with fewer, there is nothing to carry a state to.
    private static let shortestStream = 2

    /// Lays the streams out.
    ///
    /// - Throws: `usage` for a batch size or sequence length below 1; `badData` if the
    ///   part has fewer than two tokens a stream.
    public init(
        _ part: CorpusPart, vocabulary: Vocabulary, batchSize: Int, sequenceLength: Int
    ) throws {
        if batchSize < 1 {
            throw SeqNetError(.usage, "--batch-size \(batchSize): must be at least 1")
        }
        if sequenceLength < 1 {
            throw SeqNetError(.usage, "--sequence-length \(sequenceLength): must be at least 1")
        }
        let largest = part.count / Self.shortestStream
        if batchSize > largest {
            let advice =
                largest < 1
                ? "use a longer text" : "use --batch-size \(largest) or less, or a longer text"
            throw SeqNetError(
                .badData,
                "\(part.name): \(part.count) tokens are too few for --batch-size \(batchSize), "
                    + "each of which needs \(Self.shortestStream); \(advice)")
        }
        self.part = part
        self.batchSize = batchSize
        // Windows need no space for steps that no stream has.
        self.sequenceLength = min(sequenceLength, (part.count + batchSize - 1) / batchSize)
        lineEnd = vocabulary.lineEnd
    }

    /// Windows an epoch. Only the last may have fewer than T steps or fewer than B streams.
    public var windowCount: Int {
        let longest = length(ofStream: 0)
        return longest / sequenceLength + (longest % sequenceLength == 0 ? 0 : 1)
    }

    /// A window of the epoch.
    ///
    /// - Precondition: `index` is in 0 ..< windowCount.
    public func window(_ index: Int) -> StreamWindow {
        var window = StreamWindow()
        fill(&window, index)
        return window
    }

    /// Replaces the content of a window. Once it has held a window of full size, nothing
    /// is allocated.
    ///
    /// - Precondition: `index` is in 0 ..< windowCount.
    public func fill(_ window: inout StreamWindow, _ index: Int) {
        precondition(0 <= index && index < windowCount, "window \(index) of \(windowCount)")
        let first = index * sequenceLength  // the first step, counted from the stream's start
        window.lengths.removeAll(keepingCapacity: true)
        var rows = 0
        for stream in 0..<batchSize {
            let length = min(sequenceLength, length(ofStream: stream) - first)
            if length <= 0 { break }
            window.lengths.append(Int32(length))
            rows += length
        }
        window.inputs.setCount(rows)
        window.targets.setCount(rows)
        window.stream.setCount(sequenceLength + 1)
        window.resets.removeAll(keepingCapacity: true)
        for stream in window.lengths.indices { fill(&window, stream, first) }
        window.resets.sort()
    }

    /// Fills the rows of one stream.
    private func fill(_ window: inout StreamWindow, _ stream: Int, _ first: Int) {
        let active = window.lengths.count
        // Lengths differ by at most one, so every step but the last has a row for each
        // active stream, and in the last the longer ones come first.
        let length = Int(window.lengths[stream])
        let start = start(ofStream: stream) + first
        let lead = start == 0 ? 0 : 1
        window.stream[0] = lineEnd  // before the first token of the part
        window.stream.withUnsafeMutableBufferPointer { ids in
            part.copy(
                start - lead..<start + length,
                to: UnsafeMutableBufferPointer(rebasing: ids[(1 - lead)...]))
        }
        for step in 0..<length {
            window.inputs[step * active + stream] = window.stream[step]
            window.targets[step * active + stream] = window.stream[step + 1]
        }
        for text in part.textStarts[firstText(from: start)...] {
            if text >= start + length { break }
            let row = (text - start) * active + stream
            window.inputs[row] = lineEnd
            if first > 0 || text > start { window.resets.append(Int32(row)) }
        }
    }

    /// The index in `part.textStarts` of the first text that begins at `position` or later.
    private func firstText(from position: Int) -> Int {
        var range = part.textStarts.indices
        while !range.isEmpty {
            let middle = (range.lowerBound + range.upperBound) / 2
            if part.textStarts[middle] < position {
                range = middle + 1..<range.upperBound
            } else {
                range = range.lowerBound..<middle
            }
        }
        return range.lowerBound
    }

    /// The tokens of a stream.
    private func length(ofStream stream: Int) -> Int {
        part.count / batchSize + (stream < part.count % batchSize ? 1 : 0)
    }

    /// The first token of a stream.
    private func start(ofStream stream: Int) -> Int {
        stream * (part.count / batchSize) + min(stream, part.count % batchSize)
    }
}

extension [Int32] {
    /// Gives the array a length, whatever it holds, within its capacity if that is enough.
    fileprivate mutating func setCount(_ count: Int) {
        if count < self.count { removeLast(self.count - count) }
        while self.count < count { append(0) }
    }
}
