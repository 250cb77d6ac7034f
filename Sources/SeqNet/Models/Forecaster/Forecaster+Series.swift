extension Forecaster {
    /// Reads a file that has the columns of the model's training.
    /// - Throws: what ``Series`` throws; `badData` for a column that is not there.
    public func series(contentsOf path: String) throws -> Series {
        try reading { try Series(contentsOf: path, columns: configuration.columns) }
    }

    /// The same from elsewhere, such as a pipe; see ``Series/init(name:columns:nextBytes:)``.
    public func series(name: String, nextBytes: () throws -> ArraySlice<UInt8>?) throws -> Series {
        try reading { try Series(name: name, columns: configuration.columns, nextBytes: nextBytes) }
    }

    /// The columns are the model's and no options: a file that lacks one is the wrong data.
    private func reading(_ read: () throws -> Series) throws -> Series {
        do {
            return try read()
        } catch let error as SeqNetError where error.kind == .usage {
            let fault = error.message.drop { $0 != " " }
            throw SeqNetError(.badData, "the model reads the column\(fault)")
        }
    }
}
