/// A plot of dots, two across and four down in each character.
struct BrailleCanvas {
    let columns: Int
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

    /// Straight lines from point to point; positions run from 0 to 1, y upwards.
    /// - Returns: the cells that the curve goes through, in its order.
    mutating func curve(_ points: [(x: Double, y: Double)]) -> [Int] {
        var cells: [Int] = []
        var before = points.first
        for point in points {
            line(from: dot(before ?? point), to: dot(point), &cells)
            before = point
        }
        return cells
    }

    /// Puts a character in place of the dots of the last of the cells that has none yet.
    mutating func mark(_ mark: Character, lastOf cells: [Int]) {
        if let cell = cells.last(where: { marks[$0] == nil }) { marks[cell] = mark }
    }

    /// The line of characters in which a position lies, 0 at the top.
    func row(_ y: Double) -> Int { dot((0, y)).1 / 4 }

    /// The column of characters in which a position lies.
    func column(_ x: Double) -> Int { dot((x, 0)).0 / 2 }

    var lines: [String] {
        (0..<rows).map { row in
            String(
                (0..<columns).map { column in
                    let cell = row * columns + column
                    return marks[cell] ?? Character(UnicodeScalar(0x2800 + UInt32(dots[cell]))!)
                })
        }
    }

    private mutating func line(from: (Int, Int), to: (Int, Int), _ cells: inout [Int]) {
        let across = to.0 - from.0, down = to.1 - from.1
        let steps = max(1, max(abs(across), abs(down)))
        for step in 0...steps {
            let share = Double(step) / Double(steps)
            let x = from.0 + Int((Double(across) * share).rounded())
            let y = from.1 + Int((Double(down) * share).rounded())
            let cell = y / 4 * columns + x / 2
            dots[cell] |= Self.bits[y % 4][x % 2]
            if cells.last != cell { cells.append(cell) }
        }
    }

    private func dot(_ point: (x: Double, y: Double)) -> (Int, Int) {
        let right = columns * 2 - 1, bottom = rows * 4 - 1
        let x = Int((point.x * Double(right)).rounded())
        let y = bottom - Int((point.y * Double(bottom)).rounded())
        return (min(max(x, 0), right), min(max(y, 0), bottom))
    }
}
