import CKernels
import Testing

@Test func threadsAreBuiltIn() {
    #expect(sn_threads_built_in())
}
