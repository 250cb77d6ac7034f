import SeqNet
import Testing

@Suite struct TokenTableTests {
    private func insert(_ token: [UInt8], _ table: inout TokenTable) -> Int32 {
        token.withUnsafeBufferPointer { table.insert($0) }
    }

    private func find(_ token: [UInt8], _ table: TokenTable) -> Int32? {
        token.withUnsafeBufferPointer { table.index(of: $0) }
    }

    @Test func numbersTokensInTheOrderOfInsertion() {
        var table = TokenTable()
        // Enough to grow several times, of lengths 1 … 4, inserted twice.
        let tokens = (0..<5000).map { Array(String($0).utf8) }
        for round in 0..<2 {
            for (index, token) in tokens.enumerated() {
                #expect(insert(token, &table) == Int32(index), "round \(round)")
            }
        }
        #expect(table.count == 5000)
        #expect(tokens.enumerated().allSatisfy { find($1, table) == Int32($0) })
        #expect(tokens.enumerated().allSatisfy { Array(table[$0]) == $1 })
        #expect(find(Array("5000".utf8), table) == nil)
        #expect(find(Array("x".utf8), table) == nil)
        #expect(find([], table) == nil)
    }

    @Test func comparesBytesAndNotStrings() {
        var table = TokenTable()
        #expect(insert(Array("\u{E9}".utf8), &table) == 0)
        #expect(insert(Array("e\u{301}".utf8), &table) == 1)
        #expect(find([0xC3], table) == nil)
    }

    @Test func ordersByBytes() {
        var table = TokenTable()
        for token in ["b", "a", "ab", "é", "🦜", "\u{FFFD}"] {
            _ = insert(Array(token.utf8), &table)
        }
        #expect(table.precedes(1, 2) && table.precedes(2, 0) && table.precedes(0, 3))
        // UTF-8 keeps the order of scalars, which UTF-16 does not.
        #expect(table.precedes(5, 4) && !table.precedes(4, 5))
        #expect(!table.precedes(1, 1))
    }
}
