import Testing

@testable import SeqNet

struct AlignedBufferTests {
    @Test(arguments: [0, 1, 16, 1001])
    func beginsAlignedAndZero(count: Int) {
        let buffer = AlignedBuffer(count: count)
        #expect(Int(bitPattern: buffer.floats) % AlignedBuffer.alignment == 0)
        #expect(buffer.buffer.count == count && buffer.buffer.allSatisfy { $0 == 0 })
        buffer.fill(with: 2)
        #expect(buffer.buffer.allSatisfy { $0 == 2 })
    }

    @Test func paddingFillsACacheLine() {
        #expect([0, 1, 16, 17].map(AlignedBuffer.padded) == [0, 16, 16, 32])
    }
}
