extension TokenScanner {
    /// Scans UTF-8 text into Unicode scalars.
    mutating func scanCharacters<Sink: TokenSink>(
        _ bytes: UnsafePointer<UInt8>, _ count: Int, _ sink: inout Sink
    ) throws {
        let classes = self.classes
        var index = 0
        while index < count {
            let byte = bytes[index]
            let byteClass = classes[Int(byte)]
            if holdsCarriageReturn && byteClass != .lineFeed { try releaseCarriageReturn(&sink) }
            switch byteClass {
            case .ordinary, .whiteSpace, .punctuation:
                try sink.receive(UnsafeBufferPointer(start: bytes + index, count: 1))
                index += 1
            case .lineFeed:
                holdsCarriageReturn = false
                try sink.receiveLineEnd()
                index += 1
                beginLine(at: offset + index)
            case .carriageReturn:
                holdsCarriageReturn = true
                index += 1
            case .capital:
                try emit(byte | 0x20, &sink)
                index += 1
            case .null:
                throw null(at: offset + index)
            case .multibyte:
                switch UTF8Step.decode(bytes + index, available: count - index) {
                case .invalid: throw invalid(byte, at: offset + index)
                case .incomplete:
                    keepPending(bytes + index, count - index)
                    offset += index
                    return
                case .scalar(let scalar, let length):
                    if !dropsMark(scalar, at: offset + index) {
                        let spelling = UnsafeBufferPointer(start: bytes + index, count: length)
                        try emit(scalar, spelling, &sink)
                    }
                    index += length
                }
            }
        }
        offset += count
    }

    /// Passes on a CR that turned out not to be part of CRLF.
    mutating func releaseCarriageReturn<Sink: TokenSink>(_ sink: inout Sink) throws {
        guard holdsCarriageReturn else { return }
        holdsCarriageReturn = false
        try emit(UInt8(ascii: "\r"), &sink)
    }

    /// Passes on one ASCII character.
    private func emit<Sink: TokenSink>(_ byte: UInt8, _ sink: inout Sink) throws {
        try withUnsafePointer(to: byte) {
            try sink.receive(UnsafeBufferPointer(start: $0, count: 1))
        }
    }

    /// Passes on a scalar beyond ASCII, or the scalars of its lowercase mapping.
    private func emit<Sink: TokenSink>(
        _ scalar: Unicode.Scalar, _ spelling: UnsafeBufferPointer<UInt8>, _ sink: inout Sink
    ) throws {
        guard tokenizer.lowercase else { return try sink.receive(spelling) }
        let mapping = scalar.properties.lowercaseMapping.unicodeScalars
        if mapping.first == scalar && mapping.count == 1 { return try sink.receive(spelling) }
        for lower in mapping {
            try Array(UTF8.encode(lower)!).withUnsafeBufferPointer { try sink.receive($0) }
        }
    }
}
