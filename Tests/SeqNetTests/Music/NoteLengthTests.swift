import Testing

@testable import SeqNet

struct NoteLengthTests {
    @Test(arguments: [
        (1, 1, "1"), (3, 8, "3/8"), (6, 8, "3/4"), (9, 8, "9/8"), (8, 4, "2"), (1, 256, "1/256"),
        (1, 12, "1/12"), (0, 4, "0"),
    ])
    func lengthsAreWrittenInLowestTerms(numerator: Int, denominator: Int, text: String) {
        #expect(NoteLength(numerator, denominator)?.description == text)
    }

    @Test(arguments: [(1, 11), (1, 512), (1, 27)])
    func lengthsThatNoNoteHasAreRefused(numerator: Int, denominator: Int) {
        #expect(NoteLength(numerator, denominator) == nil)
    }

    @Test func productsDoNotOverflow() {
        #expect(NoteLength(1, 4)!.scaled(by: .max, over: 1) == nil)
        #expect(NoteLength(1, 4)!.scaled(by: 2, over: 3) == NoteLength(1, 6))
    }

    /// Three of the notes of a triplet are two plain ones, to the last bit.
    @Test func tupletsAddUp() {
        for notes in [3, 5, 6, 7, 9] {
            let note = NoteLength(1, 256)!.scaled(by: 2, over: notes)!
            let sum = (0..<notes).reduce(NoteLength.zero) { sum, _ in sum + note }
            #expect(sum == NoteLength(2, 256), "\(notes)")
        }
    }
}
