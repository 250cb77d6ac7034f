/// Counts, over raw lines, which white space stands between tokens where one is punctuation.
struct GapCounts {
    /// By place, where every mark opens or closes by its occurrence, and by white space as UTF-8,
    /// which strings would take for equal now and then.
    private var counts: [GapPlace: [[UInt8]: Int]] = [:]

    /// Cuts a line as a `Tokenizer` of words with `splitPunctuation` does, and counts its gaps.
    mutating func add(line: String) {
        var occurrences = MarkOccurrences()
        var before: GapNeighbor?
        var gap: [UInt8] = []
        var word: (first: Unicode.Scalar, last: Unicode.Scalar)?

        func endToken(_ first: GapNeighbor, _ last: GapNeighbor) {
            if let before {
                let place = GapPlace(before: before, after: first)
                if place.touchesMark { counts[place, default: [:]][gap, default: 0] += 1 }
            }
            (before, gap) = (last, [])
        }
        func endWord() {
            guard let edges = word else { return }
            endToken(GapNeighbor(wordEdge: edges.first), GapNeighbor(wordEdge: edges.last))
            word = nil
        }
        for scalar in line.unicodeScalars {
            if scalar.properties.isWhitespace {
                endWord()
                gap += UTF8.encode(scalar)!
            } else if scalar.isPunctuation {
                endWord()
                let mark = occurrences.next(scalar)
                endToken(mark, mark)
            } else {
                word = (word?.first ?? scalar, scalar)
            }
        }
        endWord()
    }

    /// The most frequent gap of every place and of every side of a mark, whatever is on the other.
    ///
    /// - Parameter paired: the marks that open and close; other marks are just marks.
    func majorities(paired: Set<Unicode.Scalar>) -> [GapPlace: [UInt8]] {
        var merged: [GapPlace: [[UInt8]: Int]] = [:]
        for (place, gaps) in counts {
            let before = place.before.merged(unlessIn: paired)
            let after = place.after.merged(unlessIn: paired)
            var places = [GapPlace(before: before, after: after)]
            if before.isMark { places.append(GapPlace(before: before, after: .anything)) }
            if after.isMark { places.append(GapPlace(before: .anything, after: after)) }
            for place in places { merged[place, default: [:]].merge(gaps, uniquingKeysWith: +) }
        }
        return merged.mapValues(Self.majority)
    }

    /// The marks that lean on what follows at their odd occurrences and on what precedes at
    /// their even ones.
    func pairedMarks() -> Set<Unicode.Scalar> {
        let marks = Set(counts.keys.flatMap { [$0.before.mark, $0.after.mark] }.compactMap { $0 })
        let gaps = majorities(paired: marks)
        return marks.filter { mark in
            let beforeOpening = gaps[GapPlace(before: .anything, after: .opening(mark))]
            let afterOpening = gaps[GapPlace(before: .opening(mark), after: .anything)]
            let beforeClosing = gaps[GapPlace(before: .anything, after: .closing(mark))]
            let afterClosing = gaps[GapPlace(before: .closing(mark), after: .anything)]
            return afterOpening == [] && beforeOpening != []
                && beforeClosing == [] && afterClosing != []
        }
    }

    /// The most frequent gap; of equally frequent ones the first by its bytes.
    private static func majority(_ gaps: [[UInt8]: Int]) -> [UInt8] {
        gaps.max { left, right in
            left.value == right.value
                ? right.key.lexicographicallyPrecedes(left.key) : left.value < right.value
        }!.key
    }
}

extension GapNeighbor {
    /// The neighbour without its occurrence, unless its mark opens and closes.
    fileprivate func merged(unlessIn paired: Set<Unicode.Scalar>) -> GapNeighbor {
        mark.map { paired.contains($0) ? self : .mark($0) } ?? self
    }
}
