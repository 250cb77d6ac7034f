import SeqNet
import Testing

struct AgreementDataSetTests {
    private static let small = try! AgreementDataSet(size: 2000, seed: 1)
    private var data: AgreementDataSet { Self.small }

    @Test func hasTheSizesAskedFor() throws {
        #expect(data.parts.train.count == 2000)
        #expect(data.parts.valid.count == 100 && data.parts.test.count == 100)
        let least = try AgreementDataSet(size: 1)
        #expect(least.parts.train.count == 1 && least.parts.valid.count == 1 && least.parts.test.count == 1)
    }

    @Test func repeatsNoSentenceInAnyPart() {
        let sentences =
            data.parts.train + data.parts.valid + data.parts.test + data.pairs.map(\.right)
            + data.pairs.map(\.wrong)
        #expect(Set(sentences).count == sentences.count)
    }

    @Test func pairsAreBalancedAtEveryDistance() {
        #expect(data.pairs.map(\.distance) == (1...20).flatMap { Array(repeating: $0, count: 100) })
        for distance in 1...20 {
            #expect(data.pairs.count { $0.distance == distance && $0.isPlural } == 50)
        }
    }

    @Test func sentencesOfAPairDifferInOneVerb() {
        for pair in data.pairs {
            let right = pair.right.split(separator: " "), wrong = pair.wrong.split(separator: " ")
            #expect(right.count == wrong.count)
            #expect(zip(right, wrong).count { $0 != $1 } == 1)
        }
    }

    /// Else the pair would ask for a word that no model can know.
    @Test func bothVerbsOfAPairAreInTheTrainingText() {
        let known = Set(data.parts.train.flatMap { $0.split(separator: " ") })
        var verbs: Set<Substring> = []
        for pair in data.pairs {
            let right = pair.right.split(separator: " "), wrong = pair.wrong.split(separator: " ")
            for (one, other) in zip(right, wrong) where one != other {
                verbs.formUnion([one, other])
            }
        }
        #expect(verbs.subtracting(known) == [])
    }

    @Test func sameSizeAndSeedGiveTheSameText() throws {
        let again = try AgreementDataSet(size: 2000, seed: 1)
        #expect(again.parts.train == data.parts.train && again.parts.valid == data.parts.valid)
        #expect(again.parts.test == data.parts.test && again.pairs == data.pairs)
    }

    @Test func anotherSeedGivesOtherText() throws {
        let other = try AgreementDataSet(size: 2000, seed: 2)
        #expect(Set(other.parts.train).intersection(data.parts.train).count < 100)
        #expect(other.pairs != data.pairs)
    }

    @Test func pairsDependOnTheSeedAlone() throws {
        #expect(try AgreementDataSet(size: 1, seed: 1).pairs == data.pairs)
    }

    /// Figures in documents are of this text: whoever changes it measures them again.
    @Test func textOfASeedStaysTheSame() {
        #expect(
            data.pairs[0].line == """
                1\tmy small book was shining outside .\t\
                my small book were shining outside .
                """)
        #expect(
            data.pairs[1999].right == """
                because the bell broke quickly , the dirty knives that fell in the evening , \
                before another bag can annoy our bear that sleeps behind the cows , have not \
                moved alone and can fall .
                """)
        #expect(
            data.parts.train[1999] == """
                the hungry birds near the quiet stations that jumped have chased the cat that was \
                full after these parties .
                """)
    }

    @Test(arguments: [0, -1, AgreementDataSet.greatestSize + 1])
    func refusesASize(_ size: Int) {
        expectSeqNetError(.usage, "\(size)", "from 1 to 10000000") {
            _ = try AgreementDataSet(size: size)
        }
    }

    @Test func writesItsFilesToANewFolder() throws {
        let folder = try TemporaryFolder()
        try data.write(to: folder.path("a/b"))
        #expect(try folder.text(of: "a/b/train.txt") == lines(data.parts.train))
        #expect(try folder.text(of: "a/b/valid.txt") == lines(data.parts.valid))
        #expect(try folder.text(of: "a/b/test.txt") == lines(data.parts.test))
        let pairs = data.pairs.map { "\($0.distance)\t\($0.right)\t\($0.wrong)" }
        #expect(try folder.text(of: "a/b/pairs.tsv") == lines(pairs))
    }

    private func lines(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }
}
