/// A file of a generated data set.
public struct GeneratedFile: Equatable, Sendable {
    /// Its name within the folder.
    public let name: String
    public let text: String

    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}
