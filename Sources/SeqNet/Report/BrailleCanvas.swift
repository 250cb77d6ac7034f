/// A plot of dots, two across and four down in each character.
struct BrailleCanvas {
    private let columns: Int
    private let rows: Int
    private var dots: [UInt8]
    private var marks: [Int: Character] = [:]

    /// The bit of each dot of a character, by row and column (Unicode block U+2800).
    private static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        dots = Array(repeating: 0, count: columns * rows)
    }

    /// A straight line; positions run from 0 to 1, y upwards.
    mutating func line(from: (x: Double, y: Double), to: (x: Double, y: Double)) {
        let (x0, y0) = dot(from), (x1, y1) = dot(to)
        let steps = max(1, max(abs(x1 - x0), abs(y1 - y0)))
        for step in 0...steps {
            let share = Double(step) / Double(steps)
            let x = x0 + Int((Double(x1 - x0) * share).rounded())
            let y = y0 + Int((Double(y1 - y0) * share).rounded())
            dots[y / 4 * columns + x / 2] |= Self.bits[y % 4][x % 2]
        }
    }

    /// A character in place of the dots.
    mutating func put(_ mark: Character, x: Double, y: Double) {
        let (column, row) = dot((x, y))
        marks[row / 4 * columns + column / 2] = mark
    }

    /// The line of characters in which a position lies, 0 at the top.
    func row(_ y: Double) -> Int { dot((0, y)).1 / 4 }

    var lines: [String] {
        (0..<rows).map { row in
            String(
                (0..<columns).map { column in
                    let cell = row * columns + column
                    return marks[cell] ?? Character(UnicodeScalar(0x2800 + UInt32(dots[cell]))!)
                })
        }
    }

    private func dot(_ point: (x: Double, y: Double)) -> (Int, Int) {
        let right = columns * 2 - 1, bottom = rows * 4 - 1
        let x = Int((point.x * Double(right)).rounded())
        let y = bottom - Int((point.y * Double(bottom)).rounded())
        return (min(max(x, 0), right), min(max(y, 0), bottom))
    }
}
