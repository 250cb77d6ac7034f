import Testing

@Suite struct PackedLayoutTests {
    let lengths = [3, 3, 1]

    @Test func rowsAreTimeMajorWithoutPadding() {
        let layout = PackedLayout(lengths: lengths)
        #expect(layout.rows == 7)
        #expect(layout.firstRows == [0, 3, 5, 7])
        #expect(layout.endRows == [5, 6, 2])
        #expect(layout.row(1, 2) == 6)
    }

    @Test func neighboursRunForwards() {
        let layout = PackedLayout(lengths: lengths)
        #expect(layout.previousRows == [-1, -1, -1, 0, 1, 3, 4])
        #expect(layout.nextRows == [3, 4, -1, 5, 6, -1, -1])
    }

    @Test func neighboursRunBackwards() {
        let layout = PackedLayout(lengths: lengths, reversed: true)
        #expect(layout.previousRows == [3, 4, -1, 5, 6, -1, -1])
        #expect(layout.nextRows == [-1, -1, -1, 0, 1, 3, 4])
    }

    @Test func aResetCutsBothLinks() {
        let forwards = PackedLayout(
            lengths: lengths, resets: [.init(sequence: 0, step: 2), .init(sequence: 2, step: 0)])
        #expect(forwards.previousRows == [-1, -1, -2, 0, 1, -2, 4])
        #expect(forwards.nextRows == [3, 4, -1, -2, 6, -1, -1])
        let backwards = PackedLayout(
            lengths: lengths, reversed: true, resets: [.init(sequence: 1, step: 0)])
        #expect(backwards.previousRows == [3, -2, -1, 5, 6, -1, -1])
        #expect(backwards.nextRows == [-1, -1, -1, 0, -2, 3, 4])
    }
}
