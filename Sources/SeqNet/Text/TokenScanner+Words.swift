extension TokenScanner {
    /// Scans UTF-8 text into words. A word inside the chunk is passed on as a slice of
    /// it; only a word that is cut or lowercased is copied.
    mutating func scanWords<Sink: TokenSink>(
        _ bytes: UnsafePointer<UInt8>, _ count: Int, _ sink: inout Sink
    ) throws {
        let classes = self.classes
        var start = 0  // of the part of the current word that is not copied yet
        var index = 0
        while true {
            while index < count && classes[Int(bytes[index])] == .ordinary { index += 1 }
            let run = UnsafeBufferPointer(start: bytes + start, count: index - start)
            if index == count {
                try growWord(by: run)
                offset += count
                return
            }
            let byte = bytes[index]
            switch classes[Int(byte)] {
            case .ordinary, .carriageReturn, .whiteSpace:
                try emitWord(endingWith: run, &sink)
                index += 1
            case .lineFeed:
                try emitWord(endingWith: run, &sink)
                try sink.receiveLineEnd()
                index += 1
                beginLine(at: offset + index)
            case .capital:
                try growWord(by: run)
                word.append(byte | 0x20)
                index += 1
            case .punctuation:
                try emitWord(endingWith: run, &sink)
                try sink.receive(UnsafeBufferPointer(start: bytes + index, count: 1))
                index += 1
            case .null:
                throw null(at: offset + index)
            case .multibyte:
                switch UTF8Step.decode(bytes + index, available: count - index) {
                case .invalid: throw invalid(byte, at: offset + index)
                case .incomplete:
                    try growWord(by: run)
                    keepPending(bytes + index, count - index)
                    offset += index
                    return
                case .scalar(let scalar, let length):
                    let spelling = UnsafeBufferPointer(start: bytes + index, count: length)
                    let position = offset + index
                    index += length
                    if try take(scalar, spelling, after: run, at: position, &sink) { continue }
                }
            }
            start = index
        }
    }

    /// Deals with a scalar beyond ASCII that follows `run`.
    ///
    /// - Returns: true if the scalar belongs to the current word as it is, so that the
    ///   run goes on; false if the run has been used and a new one begins behind it.
    private mutating func take<Sink: TokenSink>(
        _ scalar: Unicode.Scalar, _ spelling: UnsafeBufferPointer<UInt8>,
        after run: UnsafeBufferPointer<UInt8>, at position: Int, _ sink: inout Sink
    ) throws -> Bool {
        if scalar.properties.isWhitespace {
            try emitWord(endingWith: run, &sink)
        } else if dropsMark(scalar, at: position) {
            return false
        } else if tokenizer.splitPunctuation && scalar.isPunctuation {
            try emitWord(endingWith: run, &sink)
            try sink.receive(spelling)
        } else if tokenizer.lowercase {
            try growWord(by: run)
            word.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
        } else {
            return true
        }
        return false
    }

    /// Passes the current word on, if there is one: what was copied, then `run`.
    mutating func emitWord<Sink: TokenSink>(
        endingWith run: UnsafeBufferPointer<UInt8>, _ sink: inout Sink
    ) throws {
        if word.isEmpty {
            if run.count > Self.longestWord { throw endlessWord() }
            if !run.isEmpty { try sink.receive(run) }
            return
        }
        try growWord(by: run)
        try word.withUnsafeBufferPointer { try sink.receive($0) }
        word.removeAll(keepingCapacity: true)
    }

    /// Copies a part of the current word.
    private mutating func growWord(by run: UnsafeBufferPointer<UInt8>) throws {
        if word.count + run.count > Self.longestWord { throw endlessWord() }
        word.append(contentsOf: run)
    }
}
