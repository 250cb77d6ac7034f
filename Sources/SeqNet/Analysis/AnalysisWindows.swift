/// Windows spread evenly over a text, at which a model is looked at while it reads.
///
/// A window is some steps long and lies within one text. Before it the model reads up to 256
/// tokens of the same text from a zero state, not the whole text from its start: windows
/// then do not wait for each other, and what a model still knows of tokens before those is
/// little against what it is looked at for.
struct AnalysisWindows {
    /// The target of each window's first step: the index of a token of the part.
    let starts: [Int]
    /// Steps of a window.
    let steps: Int
    private let part: CorpusPart
    private let lineEnd: Int32

    private static let warmUpSteps = 256
    /// Rows that are computed side by side, unless one window has more.
    private static let mostRows = 2048

    /// Lays out `count` windows, or fewer where the text has not as many places.
    ///
    /// - Throws: `usage` if a number is below 1, `badData` if no text of the part is as long
    ///   as a window.
    init(_ part: CorpusPart, _ vocabulary: Vocabulary, steps: Int, count: Int) throws {
        guard steps >= 1, count >= 1 else {
            throw SeqNetError(.usage, "windows: \(count) of \(steps) steps; give at least 1 of 1 step")
        }
        self.part = part
        self.steps = steps
        lineEnd = vocabulary.lineEnd
        let places = part.texts.map { text in (first: text.lowerBound, count: text.count - steps + 1) }
            .filter { $0.count > 0 }
        let total = places.reduce(0) { $0 + $1.count }
        if total == 0 {
            throw SeqNetError(
                .badData,
                "\(part.name): has no text of \(steps) tokens or more, which looking this far back "
                    + "needs; use a longer text")
        }
        let chosen = min(count, total)
        var starts: [Int] = []
        var place = 0, before = 0
        for index in 0..<chosen {
            // The middle of the index-th of equal shares.
            let wanted = Int((Double(index) + 0.5) * Double(total) / Double(chosen))
            while wanted - before >= places[place].count {
                before += places[place].count
                place += 1
            }
            starts.append(places[place].first + wanted - before)
        }
        self.starts = starts
    }

    /// Windows that are computed side by side, after their warm-up.
    struct Batch {
        let layout: PackedBatch
        /// [steps · windows], time-major.
        let inputs: [Int32]
        let targets: [Int32]
        /// The states that the warm-up left.
        let state: CarriedState
    }

    /// Passes on the windows, batch by batch.
    func forEachBatch(
        _ model: LanguageModel, _ context: KernelContext, _ body: (Batch) -> Void
    ) {
        let tape = Tape(inference: context)
        let size = max(1, Self.mostRows / steps)
        for first in stride(from: 0, to: starts.count, by: size) {
            let windows = starts[first..<min(first + size, starts.count)]
                .map { Window(self, $0) }
                .sorted { $0.warmUp > $1.warmUp }
            let state = CarriedState(model.recurrent, sequences: windows.count)
            for chunk in StepChunk.chunks(of: windows.map(\.warmUp)) {
                tape.reset()
                let inputs = chunk.rows { windows[$0].ids[$1] }
                let initial = state.layers(sequences: chunk.batch.sequences)
                state.update(from: model.hidden(inputs, chunk.batch, initial: initial, tape).passes)
            }
            func rows(_ offset: Int) -> [Int32] {
                (0..<steps).flatMap { step in windows.map { $0.ids[$0.warmUp + step + offset] } }
            }
            body(
                Batch(
                    layout: PackedBatch(sequences: windows.count, steps: steps), inputs: rows(0),
                    targets: rows(1), state: state))
        }
    }

    /// The tokens of one window.
    private struct Window {
        /// Steps before the window's own.
        let warmUp: Int
        /// The inputs of the warm-up and of the window, and one token more: the target of the
        /// last step.
        let ids: [Int32]

        init(_ windows: AnalysisWindows, _ start: Int) {
            let text = windows.part.texts.last { $0.lowerBound <= start }!
            warmUp = min(AnalysisWindows.warmUpSteps, start - text.lowerBound)
            let first = start - warmUp
            // The input of a step is the token before its target.
            let before = first == text.lowerBound ? [windows.lineEnd] : windows.part.ids(first - 1..<first)
            ids = before + windows.part.ids(first..<start + windows.steps)
        }
    }
}
