/// The order in which the bars of a tune are played, with repeats and endings played out.
///
/// A section begins at `|:`, else after the last repeat or double bar. It is repeated as often as
/// its colons say, and until each of its endings was played. An ending goes on to the next one, or
/// to a repeat or double bar; one whose `:|` was forgotten goes back all the same.
struct PlayOrder {
    /// Indices into the bars.
    private(set) var indices: [Int] = []

    private let bars: [Bar]
    private var sectionStart = 0
    /// Whether the section begins at `|:`, so that a double bar does not end it.
    private var isOpened = false
    private var pass = 1
    /// Where the ending begins that is being played.
    private var ending: Int?

    init(of bars: [Bar]) {
        self.bars = bars
        var index = 0
        while index < bars.count { index = play(index) }
    }

    /// Plays a bar, or passes over an ending that is for another pass.
    /// - Returns: the index of the bar that comes next.
    private mutating func play(_ index: Int) -> Int {
        let bar = bars[index]
        if bar.opening.begunRepeats > 0 && (index > sectionStart || !isOpened) {
            beginSection(at: index, isOpened: true)
        }
        if !bar.ending.isEmpty {
            // In the first pass one that is not for it has no ending before it, and is played.
            guard bar.ending.contains(pass) || pass == 1 else {
                let next = endOfEnding(at: index)
                if next == bars.count || bars[next].ending.isEmpty { beginSection(at: next) }
                return next
            }
            ending = index
        }
        indices.append(index)
        let goesBack = bar.closing.endedRepeats > 0 || isBeforeNextEnding(index)
        if goesBack && pass < lastPass(at: bar.closing) {
            pass += 1
            ending = nil
            return sectionStart
        }
        let isLast = ending != nil || !isOpened && bar.closing.isDouble
        if bar.closing.endedRepeats > 0 || isLast && bar.closing.endsSection {
            beginSection(at: index + 1)
        }
        return index + 1
    }

    private mutating func beginSection(at index: Int, isOpened: Bool = false) {
        sectionStart = index
        self.isOpened = isOpened
        pass = 1
        ending = nil
    }

    /// Whether the bar is the last of an ending, with another one after it.
    private func isBeforeNextEnding(_ index: Int) -> Bool {
        ending != nil && index + 1 < bars.count && !bars[index + 1].ending.isEmpty
    }

    /// How often the section that a line ends is played.
    private func lastPass(at line: BarLine) -> Int {
        var last = line.endedRepeats + 1
        guard var start = ending else { return last }
        while start < bars.count, let pass = bars[start].ending.max() {
            last = max(last, pass)
            start = endOfEnding(at: start)
        }
        return last
    }

    /// The index after the ending that begins at one.
    private func endOfEnding(at start: Int) -> Int {
        var index = start
        while index + 1 < bars.count && bars[index + 1].ending.isEmpty
            && !bars[index].closing.endsSection
        {
            index += 1
        }
        return index + 1
    }
}
