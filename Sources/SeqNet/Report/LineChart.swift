/// Curves over a common x-axis, for a terminal or as SVG.
public struct LineChart: Sendable {
    /// One curve.
    public struct Series: Sendable {
        public let name: String
        /// Ascending in x. Points that are no numbers are left out, and so are those of 0 or
        /// less on a logarithmic axis.
        public let points: [(x: Double, y: Double)]

        public init(name: String, points: [(x: Double, y: Double)]) {
            self.name = name
            self.points = points
        }
    }

    public let title: String
    public let xLabel: String
    public let yLabel: String
    public let logarithmicY: Bool
    /// As they can be drawn.
    let series: [Series]

    public init(
        title: String, xLabel: String, yLabel: String, logarithmicY: Bool = false, series: [Series]
    ) {
        self.title = title
        self.xLabel = xLabel
        self.yLabel = yLabel
        self.logarithmicY = logarithmicY
        self.series = series.map { one in
            Series(
                name: one.name,
                points: one.points.filter {
                    Axis.holds($0.x, isLogarithmic: false)
                        && Axis.holds($0.y, isLogarithmic: logarithmicY)
                })
        }
    }

    func xAxis(most: Int) -> Axis {
        Axis(series.flatMap { $0.points.map(\.x) }, isLogarithmic: false, most: most)
    }

    func yAxis(most: Int) -> Axis {
        Axis(series.flatMap { $0.points.map(\.y) }, isLogarithmic: logarithmicY, most: most)
    }

    /// The mark of a series in a terminal: a, b, c …
    static func mark(_ index: Int) -> Character {
        Character(UnicodeScalar(UInt8(ascii: "a") + UInt8(index % 26)))
    }
}
