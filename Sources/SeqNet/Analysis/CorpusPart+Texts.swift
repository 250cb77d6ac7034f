extension CorpusPart {
    /// The tokens of each of its texts.
    var texts: [Range<Int>] {
        zip(textStarts, textStarts.dropFirst() + [count]).map { $0..<$1 }
    }
}
