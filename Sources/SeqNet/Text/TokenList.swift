/// Collects tokens as arrays of bytes.
struct TokenList: TokenSink {
    var tokens: [[UInt8]] = []
    let lineEnd: [UInt8]

    mutating func receive(_ token: UnsafeBufferPointer<UInt8>) { tokens.append(Array(token)) }
    mutating func receiveLineEnd() { tokens.append(lineEnd) }
}
