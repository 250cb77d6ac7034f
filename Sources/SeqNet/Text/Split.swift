/// How one data set is cut, in order, into a training, a validation and a test part.
/// What lies beyond the three is left out.
///
///     try Split.fractions(train: 0.9, validation: 0.05, test: 0.05)
///     try Split("20000,1000")
public struct Split: Sendable, Equatable, CustomStringConvertible {
    /// What the three numbers are.
    public enum Unit: Sendable { case fractions, rows }

    public let unit: Unit
    private let train: Double
    private let validation: Double
    private let test: Double

    /// Shares of all rows. A text is cut between two tokens, wherever that is.
    ///
    /// - Throws: `usage` unless train > 0, the others ≥ 0 and their sum ≤ 1.
    public static func fractions(
        train: Double, validation: Double, test: Double = 0
    ) throws -> Split {
        try Split(.fractions, [train, validation, test])
    }

    /// Numbers of rows. The rows of a text are its lines.
    ///
    /// - Throws: `usage` unless train > 0 and the others ≥ 0.
    public static func rows(train: Int, validation: Int, test: Int = 0) throws -> Split {
        try Split(.rows, [Double(train), Double(validation), Double(test)])
    }

    /// Reads `A,B` or `A,B,C`: fractions when their sum is at most 1, else numbers of rows.
    ///
    /// - Throws: `usage` for anything else.
    public init(_ argument: String) throws {
        let fields = argument.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = fields.compactMap { Double($0) }
        guard numbers.count == fields.count, (2...3).contains(numbers.count) else {
            throw SeqNetError(
                .usage,
                "--split \(argument): must be two or three numbers, such as 0.9,0.05,0.05 "
                    + "or 20000,1000,1000")
        }
        let isFractions = numbers.reduce(0, +) <= 1 + Self.tolerance
        try self.init(isFractions ? .fractions : .rows, numbers + (numbers.count == 2 ? [0] : []))
    }

    private init(_ unit: Unit, _ numbers: [Double]) throws {
        self.unit = unit
        (train, validation, test) = (numbers[0], numbers[1], numbers[2])
        func fault(_ what: String) -> SeqNetError {
            SeqNetError(.usage, "--split \(self): \(what)")
        }
        guard numbers.allSatisfy({ $0 >= 0 && $0 <= Self.mostRows }), train > 0 else {
            throw fault("the first number must be greater than 0, the others not negative")
        }
        let sum = train + validation + test
        if unit == .fractions && sum > 1 + Self.tolerance {
            throw fault("the fractions sum to \(sum); they must not exceed 1")
        }
        if unit == .rows && numbers.contains(where: { $0 != $0.rounded() }) {
            throw fault("must be fractions that sum to at most 1, or whole numbers of rows")
        }
    }

    public var description: String {
        let numbers = [train, validation] + (test > 0 ? [test] : [])
        let texts = numbers.map { Int(exactly: $0).map(String.init) ?? String($0) }
        return texts.joined(separator: ",")
    }

    /// True if there is to be a validation part.
    public var hasValidation: Bool { validation > 0 }
    /// True if there is to be a test part.
    public var hasTest: Bool { test > 0 }

    /// The rows before which the training, validation and test part end, of `count` rows.
    /// Numbers of rows may lie beyond `count`: the caller checks that there are enough.
    public func ends(of count: Int) -> (train: Int, validation: Int, test: Int) {
        func end(_ sum: Double) -> Int {
            if unit == .rows { return Int(sum) }
            if sum >= 1 - Self.tolerance { return count }
            // 0.29 · 100 is 28.999…96 in binary: what is meant is 29.
            return Int(sum * Double(count) + Self.tolerance * Double(count))
        }
        return (end(train), end(train + validation), end(train + validation + test))
    }

    /// Relative: decimal fractions are not exact in binary.
    private static let tolerance = 1e-12
    /// Whole numbers up to here, and sums of three, are exact in a Double.
    private static let mostRows = 1e15
}
