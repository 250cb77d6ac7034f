/// Bar lines and endings.
extension ABCParser {
    /// More passes than any tune has; a guard against `[1-9999`.
    private static let greatestPass = 32

    mutating func readBarLine() throws(ABCSyntaxError) {
        let place = cursor
        var line = BarLine()
        var (strokes, before, after) = (0, 0, 0)
        while let next = cursor.next {
            if next == ":" {
                if strokes == 0 { before += 1 } else { after += 1 }
            } else if after == 0 && next == "|" {
                strokes += 1
            } else if after == 0 && next == "[" && cursor.peek(1) == "|" {
                line.isDouble = true
            } else if after == 0 && next == "]" && strokes > 0 {
                line.isDouble = true
                cursor.advance()
                break
            } else {
                break
            }
            cursor.advance()
        }
        if strokes == 0 && before == 2 { (before, after) = (1, 1) }
        guard strokes > 0 || after > 0, max(before, after) < Self.greatestPass else {
            cursor = place
            throw mistake("colons that are no bar line")
        }
        line.isDouble = line.isDouble || strokes != 1
        line.endedRepeats = before
        line.begunRepeats = after
        try endBar(with: line)
        if cursor.isAtDigit { try readEnding() }
    }

    /// The numbers of an ending, such as `1`, `1,3` and `1-3`.
    mutating func readEnding() throws(ABCSyntaxError) {
        let opening = mistake("an ending for no passes; write it as [1 or [1,3")
        var passes: [Int] = []
        repeat {
            guard let first = takePass() else { throw opening }
            var last = first
            if cursor.next == "-" {
                cursor.advance()
                guard let end = takePass(), end >= first else { throw opening }
                last = end
            }
            passes.append(contentsOf: first...last)
        } while cursor.take(",")
        if !bar.events.isEmpty { try endBar(with: .absent) }
        bar.ending = passes
    }

    private mutating func takePass() -> Int? {
        let number = cursor.takeNumber()
        return number.flatMap { (1...Self.greatestPass).contains($0) ? $0 : nil }
    }

    private mutating func endBar(with line: BarLine) throws(ABCSyntaxError) {
        if brokenFactor != nil { throw mistake("broken rhythm without a second note in the bar") }
        graceNotes = []
        decorations = []
        if line.isDrawn { accidentals = [:] }
        if bar.events.isEmpty {
            bar.opening.join(line)
            if !bars.isEmpty { bars[bars.count - 1].closing = bar.opening }
            if line.endsSection { bar.ending = [] }
            return
        }
        bar.closing = line
        bars.append(bar)
        let number = bar.number + (line.isDrawn ? bar.measures : 0)
        bar = Bar(number: number, line: lineNumber, opening: line)
    }

    mutating func endTune() throws(ABCSyntaxError) {
        if tuplet != nil { throw mistake("the tune ends within a tuplet") }
        if !bar.events.isEmpty { try endBar(with: .absent) }
    }
}
