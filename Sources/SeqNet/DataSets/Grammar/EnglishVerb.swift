/// A verb in the forms that a phrase needs.
struct EnglishVerb: Sendable {
    /// With a singular subject in the present: "chases".
    let singular: String
    /// With a plural subject in the present, and after "can" or "not": "chase".
    let plural: String
    /// With any subject in the past: "chased".
    let past: String
    /// After "has" and "was": "chased", "seen".
    let pastParticiple: String
    /// "chasing".
    let presentParticiple: String

    /// Reads "chase", which follows the rules of spelling, "feed/fed", or "see/saw/seen".
    init(_ entry: String) {
        let forms = entry.split(separator: "/").map(String.init)
        plural = forms[0]
        singular = EnglishSpelling.addingS(plural)
        past = forms.count > 1 ? forms[1] : EnglishSpelling.addingEd(plural)
        pastParticiple = forms.count > 2 ? forms[2] : past
        presentParticiple = EnglishSpelling.addingIng(plural)
    }
}
