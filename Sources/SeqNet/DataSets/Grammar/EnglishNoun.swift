/// A noun in both numbers.
struct EnglishNoun: Sendable {
    let singular: String
    let plural: String

    /// Reads "dog", which follows the rules of spelling, or "mouse/mice".
    init(_ entry: String) {
        let forms = entry.split(separator: "/").map(String.init)
        singular = forms[0]
        plural = forms.count > 1 ? forms[1] : EnglishSpelling.addingS(forms[0])
    }
}
