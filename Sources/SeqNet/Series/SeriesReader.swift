/// Makes a series of records as they come, the header first.
struct SeriesReader {
    /// Where a column of the series comes from.
    private enum Source {
        case field(Int)
        case time(TimeFeature)
    }

    private let columns: SeriesColumns
    private let source: String
    private var header: [String]?
    private var sources: [Source] = []
    /// The index of the column with the times; nil when there is none, or before the first row.
    private var timeColumn: Int?
    private var values: [Double] = []
    private var rows = 0
    /// Of the first two rows, where they can be read.
    private var times: [Timestamp] = []

    init(_ columns: SeriesColumns, source: String) {
        self.columns = columns
        self.source = source
    }

    /// - Throws: `usage` for a column that is not there, `badData` for a field that is no number or
    ///   no time, with its line.
    mutating func take(_ record: DelimitedRecord) throws {
        guard let header else {
            let names = record.fields.indices.map(record.text)
            if names.allSatisfy({ Double($0) != nil || Timestamp($0) != nil }) {
                throw SeqNetError(
                    .badData, "\(source), line \(record.line): holds values where the names of the columns "
                        + "should be; give the file a header")
            }
            header = names
            sources = try findSources(header: names)
            return
        }
        if rows == 0 { try findTimeColumn(record) }
        if rows < 2, let timeColumn, let time = Timestamp(record.text(timeColumn)) {
            times.append(time)
        }
        rows += 1
        for source in sources {
            switch source {
            case .field(let index): values.append(try number(record, index, header[index]))
            case .time(let feature): values += try feature.values(at: time(record, header))
            }
        }
    }

    /// - Throws: `badData` when no row has come.
    func series() throws -> Series {
        guard let header, rows > 0 else {
            throw SeqNetError(
                .badData, "\(source): holds no rows below a header; give a line of column names "
                    + "and then a row for each time step")
        }
        let names = sources.flatMap { source in
            switch source {
            case .field(let index): [header[index]]
            case .time(let feature): feature.columnNames
            }
        }
        return Series(
            name: source, columnNames: names, targets: columns.targets.count, values: values,
            timeStep: times.count == 2 ? times[1].seconds - times[0].seconds : nil)
    }

    /// A name of the header goes before a time feature, and that before a column's number.
    private func findSources(header: [String]) throws -> [Source] {
        func index(_ name: String, _ option: String) throws -> Int {
            try ColumnReference(name).index(
                in: header, of: header.count, option: option, source: source)
        }
        let targets = try columns.targets.map { Source.field(try index($0, "--target")) }
        return try targets
            + columns.features.map { name in
                if !header.contains(name), let feature = TimeFeature(rawValue: name) {
                    return .time(feature)
                }
                return .field(try index(name, "--features"))
            }
    }

    /// The first column that holds a time, and is not read as a number.
    private mutating func findTimeColumn(_ record: DelimitedRecord) throws {
        let numbers = sources.compactMap { source in
            if case .field(let index) = source { index } else { nil }
        }
        timeColumn = record.fields.indices.first { index in
            !numbers.contains(index) && Timestamp(record.text(index)) != nil
        }
        for case .time(let feature) in sources where timeColumn == nil {
            throw SeqNetError(
                .usage, "--features \(feature.rawValue): no column of \(source) holds times such as "
                    + "2016-07-01 18:00:00")
        }
    }

    private func number(_ record: DelimitedRecord, _ index: Int, _ column: String) throws -> Double {
        let text = record.text(index)
        let digits = text.drop { $0 == " " }.prefix { $0 != " " }
        let isRestBlank = text[digits.endIndex...].allSatisfy { $0 == " " }
        // Double's own reader also takes "nan", "inf" and hexadecimal numbers.
        let isDecimal = digits.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) }
        if isDecimal, isRestBlank, let number = Double(digits), abs(number) <= Self.greatest {
            return number
        }
        throw fault(
            text, record, column, "a number of at most 38 digits; fill the gap, or leave the rows out")
    }

    private func time(_ record: DelimitedRecord, _ header: [String]) throws -> Timestamp {
        let text = record.text(timeColumn!)
        if let time = Timestamp(text) { return time }
        throw fault(text, record, header[timeColumn!], "a time such as 2016-07-01 18:00:00")
    }

    private func fault(
        _ text: String, _ record: DelimitedRecord, _ column: String, _ expected: String
    ) -> SeqNetError {
        let found = text.isEmpty ? "is empty" : "holds '\(text.prefix(40))'"
        return SeqNetError(
            .badData, "\(source), line \(record.line): column '\(column)' \(found), not \(expected)")
    }

    /// So that values are finite as Float, and sums of squares as Double.
    private static let greatest = 1e38
}
