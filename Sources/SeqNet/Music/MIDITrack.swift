/// A track of a Standard MIDI File, to which events are added in any order of time.
struct MIDITrack {
    /// What an event does; at one time they come in this order, so that a note that ends does not
    /// end the one that begins.
    private enum Order: Int { case meta, noteOff, noteOn }

    private var events: [(time: Int, order: Order, bytes: [UInt8])] = []

    /// Adds a meta event. Text is UTF-8.
    mutating func addMeta(_ kind: UInt8, _ data: [UInt8], at time: Int) {
        let bytes = [0xFF, kind] + Self.variableLength(data.count) + data
        events.append((time, .meta, bytes))
    }

    mutating func addName(_ name: String) { addMeta(0x03, Array(name.utf8), at: 0) }

    /// - Parameters:
    ///   - channel: 0 to 15.
    ///   - pitch: 0 to 127, as is the velocity.
    mutating func addNote(_ pitch: Int, channel: UInt8, velocity: UInt8, from start: Int, to end: Int) {
        events.append((start, .noteOn, [0x90 | channel, UInt8(pitch), velocity]))
        events.append((end, .noteOff, [0x80 | channel, UInt8(pitch), 0]))
    }

    /// The chunk `MTrk`.
    ///
    /// - Parameter end: when the track ends, at the earliest.
    func chunk(end: Int) -> [UInt8] {
        let sorted = events.enumerated().sorted { left, right in
            let (a, b) = (left.element, right.element)
            return (a.time, a.order.rawValue, left.offset) < (b.time, b.order.rawValue, right.offset)
        }
        var body: [UInt8] = []
        var now = 0
        for (_, event) in sorted {
            body += Self.variableLength(event.time - now) + event.bytes
            now = event.time
        }
        body += Self.variableLength(max(0, end - now)) + [0xFF, 0x2F, 0x00]
        return Array("MTrk".utf8) + Self.bigEndian(body.count, bytes: 4) + body
    }

    static func bigEndian(_ number: Int, bytes: Int) -> [UInt8] {
        (0..<bytes).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    /// Seven bits a byte, all but the last with the high bit set.
    private static func variableLength(_ number: Int) -> [UInt8] {
        var bytes = [UInt8(number & 0x7F)]
        var rest = number >> 7
        while rest > 0 {
            bytes.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
            rest >>= 7
        }
        return bytes
    }
}
