import Testing

@testable import SeqNet

struct DataSetPartsTests {
    private func parts(_ size: Int, seed: UInt64 = 1, excluding taken: Set<Int> = []) -> DataSetParts<Int> {
        DataSetParts(size: size, seed: seed, excluding: taken, identity: { $0 / 2 }) {
            $0.integer(below: 100)
        }
    }

    @Test func holdsOutATwentiethAndOneAtLeast() {
        for (size, heldOut) in [(1, 1), (19, 1), (39, 1), (40, 2)] {
            let parts = parts(size)
            #expect([parts.train, parts.valid, parts.test].map(\.count) == [size, heldOut, heldOut])
        }
    }

    @Test func drawsNoIdentityTwice() {
        let parts = parts(38, excluding: [3, 4])
        let identities = (parts.train + parts.valid + parts.test).map { $0 / 2 }
        #expect(Set(identities).count == 40)
        #expect(Set(identities).isDisjoint(with: [3, 4]))
    }

    @Test func heldOutPartsDependOnTheSeedAndTheirOwnSizeAlone() {
        #expect(parts(1).test == parts(30).test)
        #expect(parts(20, seed: 1).train != parts(20, seed: 2).train)
    }

    @Test func namesItsFiles() {
        let files = parts(1).files(extension: "tsv") { "\($0.count)" }
        #expect(files.map(\.name) == ["train.tsv", "valid.tsv", "test.tsv"])
        #expect(files.map(\.text) == ["1", "1", "1"])
    }
}
