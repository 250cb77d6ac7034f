/// Checks that the bars of a tune last as long as its metre says.
///
/// A bar may be shorter, never longer, where the tune begins or ends, and beside a repeat or a
/// double bar, because a pickup may stand there and the bar before it gives its time away. The
/// beginning of a part (`P:`) alone allows none. A bar in which an ending begins (`d3 [1 d2e :|`)
/// counts as one bar.
///
/// ```swift
/// if let fault = BarCheck.fault(in: sample) { print("no sound tune: \(fault)") }
/// ```
public enum BarCheck {
    /// The first fault of a tune as text: what is not ABC, or a bar of the wrong length.
    ///
    /// - Parameter firstLine: the number of the text's first line, for what faults say.
    /// - Returns: nil for a sound tune.
    public static func fault(in text: String, firstLine: Int = 1) -> TuneFault? {
        do {
            return fault(in: try Tune(parsing: text, firstLine: firstLine))
        } catch {
            return .syntax(error)
        }
    }

    /// The first fault of a tune.
    /// - Returns: nil for a sound tune.
    public static func fault(in tune: Tune) -> TuneFault? {
        guard !tune.bars.isEmpty else { return .empty }
        var first = 0
        while first < tune.bars.count {
            var last = first
            while last + 1 < tune.bars.count && !tune.bars[last].closing.isDrawn { last += 1 }
            if let fault = fault(inBar: tune.bars[first...last], of: tune.bars.count) { return fault }
            first = last + 1
        }
        return nil
    }

    /// - Parameters:
    ///   - parts: the bar, or what an ending that begins within it makes of it.
    ///   - count: of all bars of the tune.
    private static func fault(inBar parts: ArraySlice<Bar>, of count: Int) -> TuneFault? {
        let (first, last) = (parts.first!, parts.last!)
        guard let metre = first.metre else { return .noMetre(line: first.line, bar: first.number) }
        let expected = metre.barLength.scaled(by: first.measures, over: 1)!
        let found = parts.reduce(.zero) { $0 + $1.length }
        let mayBeShort =
            parts.startIndex == 0 || parts.endIndex == count || first.opening.endsSection
            || last.closing.endsSection
        if found == expected || found < expected && mayBeShort { return nil }
        return .bar(
            BarFault(bar: first.number, line: first.line, found: found, expected: expected))
    }
}
