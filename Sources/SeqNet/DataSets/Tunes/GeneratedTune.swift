/// A tune in ABC notation.
public struct GeneratedTune: Equatable, Sendable {
    public let title: String
    /// "jig".
    public let kind: String
    /// "6/8".
    public let meter: String
    /// "D".
    public let key: String
    /// The music, with its line breaks.
    public let body: String

    /// The tune with its header, `number` being its place in the file.
    func abc(number: Int) -> String {
        """
        X:\(number)
        T:\(title)
        R:\(kind)
        M:\(meter)
        L:1/8
        K:\(key)
        \(body)

        """
    }
}
