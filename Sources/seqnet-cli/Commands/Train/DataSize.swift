import SeqNet

/// A size of the data.
struct DataSize {
    /// In JSON.
    let key: String
    /// As a person reads it, after the number.
    let name: String
    let value: Int
}
