import Testing

@testable import SeqNet

struct DistinctTokensTests {
    @Test func eachTokenStandsOnceWhereItIsFirstMet() {
        let distinct = DistinctTokens([5, 2, 5, 9, 2, 5])
        #expect(distinct.tokens == [5, 2, 9])
        #expect(distinct.rows == [0, 1, 0, 2, 1, 0])
        #expect(DistinctTokens([]).tokens == [])
    }
}
