/// Cuts CSV or TSV into records, whatever chunks it comes in.
///
/// It is strict, so that nothing is read as what it was not meant to be: every record has as many
/// fields as the first, quotes stand around whole fields and are closed, and all is UTF-8. A byte
/// order mark is dropped, CRLF is read as LF, and blank lines at the end are passed over.
///
/// ```swift
/// var scanner = DelimitedScanner(source: "reviews.csv")
/// try scanner.feed(bytes) { record in … }
/// try scanner.finish { record in … }
/// ```
struct DelimitedScanner {
    /// What error messages call the file.
    let source: String
    /// Told by the first line, unless it is given; nil until that line is complete.
    private(set) var format: DelimitedFormat?

    private enum Place { case fieldStart, bare, quoted, afterQuote }

    private var firstLine: [UInt8] = []
    private var hasBegun = false
    private var place = Place.fieldStart
    private var field: [UInt8] = []
    private var fields: [[UInt8]] = []
    private var line = 1
    /// Where the present record, and its last quoted field, begin.
    private var recordLine = 1, quoteLine = 1
    /// Whether the last byte was a CR, which an LF after it makes part of a line break.
    private var holdsCR = false
    /// Fields of the first record.
    private var columns: Int?
    /// The first blank line since the last record.
    private var blankLine: Int?

    /// - Parameter format: what the file must be; nil if its first line tells.
    init(source: String, format: DelimitedFormat? = nil) {
        self.source = source
        self.format = format
    }

    /// Takes the next bytes of the file.
    ///
    /// - Parameter emit: called with each record that they complete.
    /// - Throws: `badData` that names the line; whatever `emit` throws.
    mutating func feed(
        _ bytes: some Sequence<UInt8>, emit: (DelimitedRecord) throws -> Void
    ) throws {
        for byte in bytes {
            if hasBegun {
                try take(byte, emit)
                continue
            }
            firstLine.append(byte)
            if byte == Self.lineFeed { try begin(emit) }
        }
    }

    /// Takes the end of the file, which closes the last line if no line break did.
    mutating func finish(emit: (DelimitedRecord) throws -> Void) throws {
        if !hasBegun { try begin(emit) }
        if holdsCR { try endHeldCR(emit, isLineBreak: place != .quoted) }
        if place == .quoted {
            throw fault(
                "a quote is opened and never closed; close it, or double it if it is text",
                line: quoteLine)
        }
        if place != .fieldStart || !fields.isEmpty { try endRecord(emit) }
    }

    private static let lineFeed = UInt8(ascii: "\n"), carriageReturn = UInt8(ascii: "\r")
    private static let quote = UInt8(ascii: "\"")

    /// Takes the first line, which tells the format.
    private mutating func begin(_ emit: (DelimitedRecord) throws -> Void) throws {
        hasBegun = true
        let hasMark = firstLine.starts(with: ByteOrderMark.utf8)
        let bytes = hasMark ? firstLine.dropFirst(ByteOrderMark.utf8.count) : firstLine[...]
        format = format ?? DelimitedFormat(firstLine: bytes)
        for byte in bytes { try take(byte, emit) }
        firstLine = []
    }

    private mutating func take(
        _ byte: UInt8, _ emit: (DelimitedRecord) throws -> Void
    ) throws {
        if byte == 0 {
            throw fault("a NUL byte, so this is binary data and no text; give a UTF-8 text", line: line)
        }
        if holdsCR { try endHeldCR(emit, isLineBreak: byte == Self.lineFeed) }
        if byte == Self.carriageReturn {
            holdsCR = true
            return
        }
        try takeText(byte, emit)
    }

    /// A CR is part of a line break before an LF and at the end of the file, else text.
    private mutating func endHeldCR(
        _ emit: (DelimitedRecord) throws -> Void, isLineBreak: Bool
    ) throws {
        holdsCR = false
        if !isLineBreak { try takeText(Self.carriageReturn, emit) }
    }

    private mutating func takeText(
        _ byte: UInt8, _ emit: (DelimitedRecord) throws -> Void
    ) throws {
        let isBreak = byte == Self.lineFeed
        switch place {
        case .quoted where byte == Self.quote:
            place = .afterQuote
        case .quoted:
            field.append(byte)
        case .afterQuote where byte == Self.quote:
            field.append(byte)
            place = .quoted
        case .fieldStart where byte == Self.quote && format == .csv:
            place = .quoted
            quoteLine = line
        case _ where byte == format!.separator:
            endField()
        case .fieldStart where isBreak && fields.isEmpty:
            blankLine = blankLine ?? line
            recordLine = line + 1
        case _ where isBreak:
            try endRecord(emit)
            recordLine = line + 1
        case .afterQuote:
            throw fault(
                "field \(fields.count + 1) goes on after its closing quote; put quotes around the "
                    + "whole field, and double those within it", line: line)
        case _ where byte == Self.quote && format == .csv:
            throw fault(
                "field \(fields.count + 1) has a quote and does not begin with one; put quotes around "
                    + "the whole field, and double those within it", line: line)
        default:
            field.append(byte)
            place = .bare
        }
        if isBreak { line += 1 }
    }

    private mutating func endField() {
        fields.append(field)
        field.removeAll(keepingCapacity: true)
        place = .fieldStart
    }

    private mutating func endRecord(_ emit: (DelimitedRecord) throws -> Void) throws {
        endField()
        let record = DelimitedRecord(line: recordLine, fields: fields)
        fields.removeAll(keepingCapacity: true)
        if let blankLine {
            throw fault("is blank, with a record after it; delete it", line: blankLine)
        }
        let expected = columns ?? record.fields.count
        columns = expected
        guard record.fields.count == expected else {
            throw fault(
                "has \(Self.counted(record.fields.count)), and the first record has \(expected); "
                    + (format == .csv
                        ? "put quotes around a field with commas in it" : "a tab divides two fields"),
                line: record.line)
        }
        for (index, field) in record.fields.enumerated()
        where String(validating: field, as: UTF8.self) == nil {
            throw fault(
                "field \(index + 1) is not valid UTF-8; convert the file, as "
                    + "`iconv -f LATIN1 -t UTF-8` does", line: record.line)
        }
        try emit(record)
    }

    private static func counted(_ fields: Int) -> String { "\(fields) field\(fields == 1 ? "" : "s")" }

    private func fault(_ what: String, line: Int) -> SeqNetError {
        SeqNetError(.badData, "\(source), line \(line): \(what)")
    }
}
