extension ConditionedText {
    /// Reads records from a TSV of label and text, or from a book of tunes in ABC. Which of them a
    /// file is, its first line tells that is neither blank nor a comment (`%`): that of ABC is a field
    /// such as `X:1`.
    ///
    /// The text of a tune is ``TuneSource/trainingText``.
    ///
    /// - Parameter label: where tunes have their labels; a TSV has its own.
    /// - Throws: `cannotRead`; `badData`, with the line, for what is compressed, not UTF-8, neither
    ///   format, or holds no records.
    public static func read(
        contentsOf path: String, label: TuneLabel = .fileName
    ) throws -> [ConditionedText] {
        let text = try TextLines(contentsOf: path)
        guard isABC(text.lines) else { return try readTSV(text) }
        return try TuneBook(text, path: path).tunes.map { tune in
            ConditionedText(
                label: tune.label(by: label), text: tune.trainingText,
                place: "\(tune.file), line \(tune.line)", isTune: true)
        }
    }

    private static func isABC(_ lines: [String]) -> Bool {
        let first = lines.first { line in
            var cursor = ABCCursor(line)
            cursor.skipSpaces()
            return !cursor.isAtEnd && cursor.next != "%"
        }
        guard let first else { return false }
        var cursor = ABCCursor(first)
        guard let letter = cursor.next, ABCParser.isLetter(letter), cursor.peek(1) == ":" else {
            return false
        }
        // A label may begin so, but a tab follows it; one after X: has a number behind it.
        if letter == "X" {
            cursor.advance()
            cursor.advance()
            return cursor.takeRest().unicodeScalars.allSatisfy { ("0"..."9").contains($0) }
        }
        return !first.utf8.contains(UInt8(ascii: "\t"))
    }

    private static func readTSV(_ text: TextLines) throws -> [ConditionedText] {
        var records: [ConditionedText] = []
        var blankLine: Int?
        for (index, line) in text.lines.enumerated() {
            let number = index + 1
            if line.isEmpty {
                blankLine = blankLine ?? number
                continue
            }
            if let blankLine {
                throw text.fault("is blank, with a record after it; delete it", line: blankLine)
            }
            let fields = line.unicodeScalars.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count == 2 else {
                throw text.fault(
                    "has \(fields.count) field\(fields.count == 1 ? "" : "s"), expected 2: a label and "
                        + "a text, divided by a tab (write a tab within them as \\t)", line: number)
            }
            let values = try fields.map { field in
                guard let value = unescaped(String(field)) else {
                    throw text.fault(
                        "has a backslash before something else than n, t or a backslash; double it, if "
                            + "it is text", line: number)
                }
                return value
            }
            if let empty = values.firstIndex(where: \.isEmpty) {
                throw text.fault("its \(empty == 0 ? "label" : "text") is empty", line: number)
            }
            records.append(
                ConditionedText(label: values[0], text: values[1], place: "\(text.name), line \(number)"))
        }
        guard !records.isEmpty else {
            throw SeqNetError(
                .badData, "\(text.name): holds no records; give lines of a label and a text, divided by "
                    + "a tab, or tunes in ABC")
        }
        return records
    }
}
