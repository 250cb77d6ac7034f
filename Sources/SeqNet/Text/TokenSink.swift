/// Takes the tokens of a text one after another, as slices of a buffer that lives only
/// during the call.
package protocol TokenSink {
    /// A token, the line's end excepted. Never empty.
    mutating func receive(_ token: UnsafeBufferPointer<UInt8>) throws
    /// The token that closes a line: `<eos>` of words, the newline of characters and bytes.
    mutating func receiveLineEnd() throws
}
