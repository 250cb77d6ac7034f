import SeqNet
import Testing

@Test func errorsDescribeThemselvesByTheirMessage() {
    let error = SeqNetError(.badData, "text 'a.txt', line 3: not UTF-8")
    #expect("\(error)" == "text 'a.txt', line 3: not UTF-8")
}
