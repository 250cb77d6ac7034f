/// Lines of music.
extension ABCParser {
    mutating func readMusic() throws(ABCSyntaxError) {
        while let next = cursor.next {
            switch next {
            case " ", "\t", "`", "$", ")": cursor.advance()
            case "|", ":": try readBarLine()
            case "[": try readBracket()
            case "(": try readTupletOrSlur()
            case "\"": try readChordSymbol()
            case "!": try readDecoration()
            case "{": try readGraceNotes()
            case "-": try readTie()
            case ">", "<": try readBrokenRhythm()
            case "z", "x": try readRest()
            case "Z", "X": try readLongRest()
            case "y": try readSpacer()
            case "\\": try readContinuation()
            case "&": throw mistake("voices within a bar (&); tunes of one voice are read")
            case "^", "_", "=": try readNote()
            case _ where Self.isNoteLetter(next): try readNote()
            case "." where cursor.peek(1) == "|": cursor.advance()  // a dotted bar line
            case _ where decorationLetters.contains(next):
                decorations.append(String(next))
                cursor.advance()
            default: throw mistake("'\(next)' is nothing that music is written with")
            }
        }
    }

    /// An ending, a bar line, a field or a chord.
    private mutating func readBracket() throws(ABCSyntaxError) {
        let (second, third) = (cursor.peek(1), cursor.peek(2))
        if second == "|" {
            try readBarLine()
        } else if let second, ("1"..."9").contains(second) {
            cursor.advance()
            try readEnding()
        } else if let second, Self.isLetter(second), third == ":" {
            try readInlineField(second)
        } else {
            try readChord()
        }
    }

    private mutating func readInlineField(_ letter: Unicode.Scalar) throws(ABCSyntaxError) {
        var rest = cursor
        for _ in 0..<3 { rest.advance() }
        guard let text = rest.take(upTo: "]") else {
            throw mistake("a field is opened and never closed")
        }
        var value = ABCCursor(text)
        try read(field: letter, value.takeRest())
        cursor = rest
    }

    private mutating func readChordSymbol() throws(ABCSyntaxError) {
        var rest = cursor
        rest.advance()
        guard let text = rest.take(upTo: "\"") else {
            throw mistake("a chord symbol is opened and never closed")
        }
        cursor = rest
        guard let first = text.unicodeScalars.first, !"^_<>@".unicodeScalars.contains(first) else {
            return  // an annotation
        }
        bar.chordSymbols.append(Bar.ChordSymbol(text: text, offset: bar.length))
    }

    private mutating func readDecoration() throws(ABCSyntaxError) {
        var rest = cursor
        rest.advance()
        let name = rest.take { $0 != "!" && $0 != " " && $0 != "|" }
        guard !name.isEmpty, rest.take("!") else {
            throw mistake("a decoration is opened and never closed")
        }
        decorations.append(name)
        cursor = rest
    }

    private mutating func readGraceNotes() throws(ABCSyntaxError) {
        let opening = mistake("grace notes are opened and never closed")
        cursor.advance()
        _ = cursor.take("/")  // acciaccatura
        while !cursor.take("}") {
            if cursor.isAtEnd { throw opening }
            if cursor.take(" ") { continue }
            let note = try takeNote()
            graceNotes.append(note.pitch)
        }
    }

    private mutating func readSpacer() throws(ABCSyntaxError) {
        cursor.advance()
        if cursor.takeMultiplier() == nil { throw mistake("no width of a space") }
    }

    /// A line that ends in `\` and the next are one line of the score, which makes no difference here.
    private mutating func readContinuation() throws(ABCSyntaxError) {
        let place = cursor
        cursor.advance()
        cursor.skipSpaces()
        if !cursor.isAtEnd {
            cursor = place
            throw mistake("'\\' before the end of the line")
        }
    }
}
