/// Takes the lines of a file of word vectors one after another.
struct WordVectorReader {
    /// What error messages call the file.
    let source: String
    let vocabulary: Vocabulary
    /// Numbers of a vector: as the header says, or as the first vector has.
    private(set) var size: Int?
    /// Vectors so far, whether or not the vocabulary has their words.
    private(set) var lines = 0
    private(set) var ids: [Int32] = []
    /// [ids, size].
    private(set) var values: [Float] = []
    private var isFound: [Bool]
    /// How many vectors the header promises.
    private var promised: Int?

    init(source: String, vocabulary: Vocabulary) {
        self.source = source
        self.vocabulary = vocabulary
        isFound = Array(repeating: false, count: vocabulary.count)
    }

    /// Takes a line. Only the numbers of a word of the vocabulary are converted; of all others it
    /// is checked that they are there and consist of what numbers consist of.
    /// - Throws: `badData` that names the line.
    mutating func take(_ line: TextLine) throws {
        let fields = line.bytes.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        if line.number == 1, let header = Self.header(fields) {
            (promised, size) = header
            return
        }
        let size = self.size ?? fields.count - 1
        guard size >= 1, fields.count > size else {
            let found = max(fields.count - 1, 0)
            let expected = self.size.map { ", where the lines above say \($0)" } ?? ""
            throw fault(
                "has \(found) number\(found == 1 ? "" : "s") after the word\(expected)", line)
        }
        self.size = size
        lines += 1
        let numbers = fields.suffix(size)
        // GloVe has words with blanks in them, such as `. . .`; no number is a part of one.
        let word = fields.dropLast(size)
        if let extra = word.dropFirst().first(where: Self.isNumeral) {
            throw fault(
                "has more than \(size) numbers after the word, from "
                    + "'\(String(decoding: extra, as: UTF8.self))' on", line)
        }
        if let wrong = numbers.first(where: { !Self.isNumeral($0) }) { throw notANumber(wrong, line) }
        if word.count == 1 { try take(numbers, of: word[0], line) }
    }

    private mutating func take(
        _ numbers: ArraySlice<ArraySlice<UInt8>>, of word: ArraySlice<UInt8>, _ line: TextLine
    ) throws {
        guard let id = vocabulary.id(of: Array(word)), !isFound[Int(id)] else { return }
        isFound[Int(id)] = true
        ids.append(id)
        for number in numbers {
            guard let value = Float(String(decoding: number, as: UTF8.self)), value.isFinite else {
                throw notANumber(number, line)
            }
            values.append(value)
        }
    }

    /// Takes the end of the file.
    /// - Throws: `badData` for a file without vectors, or with fewer than its header promises.
    func finish() throws {
        if let promised, lines < promised {
            throw SeqNetError(
                .badData, "\(source): line 1 promises \(promised) words, and there are \(lines); "
                    + "get a whole copy")
        }
        if lines == 0 {
            throw SeqNetError(
                .badData, "\(source): holds no word vectors; give lines of a word and its numbers")
        }
    }

    /// Two whole numbers: how many words there are, and how many numbers of each.
    private static func header(_ fields: [ArraySlice<UInt8>]) -> (words: Int, size: Int)? {
        let numbers = fields.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
        guard fields.count == 2, numbers.count == 2, numbers[0] >= 1, numbers[1] >= 1 else { return nil }
        return (numbers[0], numbers[1])
    }

    /// Whether it consists of digits and what else stands in a decimal number.
    private static func isNumeral(_ field: ArraySlice<UInt8>) -> Bool {
        let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        return field.contains(where: isDigit)
            && field.allSatisfy { isDigit($0) || "+-.eE".utf8.contains($0) }
    }

    private func notANumber(_ field: ArraySlice<UInt8>, _ line: TextLine) -> SeqNetError {
        fault("'\(String(decoding: field, as: UTF8.self))' is not a finite number", line)
    }

    private func fault(_ what: String, _ line: TextLine) -> SeqNetError {
        SeqNetError(
            .badData, "\(source), line \(line.number): \(what); every line is a word and as many "
                + "numbers as in the first one, divided by blanks")
    }
}
