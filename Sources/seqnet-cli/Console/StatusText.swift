import SeqNet

/// What a status line says of work other than training, in at most `width` characters.
enum StatusText {
    static func reading(_ bytes: Int, width: Int) -> String {
        String("reading the text: \(Format.count(Double(bytes)))B".prefix(width))
    }

    static func evaluating(_ what: String, _ share: Double, width: Int) -> String {
        String("evaluating \(what): \(Int(100 * share)) %".prefix(width))
    }

    static func checking(_ what: String, _ share: Double, width: Int) -> String {
        String("checking \(what): \(Int(100 * share)) %".prefix(width))
    }
}
