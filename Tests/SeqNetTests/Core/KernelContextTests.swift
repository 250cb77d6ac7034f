import Testing

@testable import SeqNet

struct KernelContextTests {
    @Test(arguments: [0, -1])
    func noThreadsIsRefused(threads: Int) {
        let error = #expect(throws: SeqNetError.self) { try KernelContext(threads: threads) }
        #expect(error?.kind == .usage)
        #expect(error?.message == "threads: \(threads); give 1 to 1024")
    }

    @Test func anUnknownInstructionSetIsRefused() {
        let error = #expect(throws: SeqNetError.self) {
            try KernelContext(threads: 1, instructionSet: "avx1024")
        }
        #expect(error?.kind == .usage)
        #expect(error?.message.hasPrefix("instruction set 'avx1024': not there") == true)
    }

    @Test func theGenericInstructionSetIsEverywhere() throws {
        let context = try KernelContext(threads: 1, instructionSet: "generic")
        #expect(context.instructionSet == "generic")
        #expect(context.threads == 1)
    }

    @Test(.enabled(if: KernelContext.hasThreads))
    func threadsAreThoseAskedFor() throws {
        #expect(try KernelContext(threads: 3).threads == 3)
    }
}
