/// Curves over a common x-axis, for a terminal or as SVG.
public struct LineChart: Sendable {
    /// One curve.
    public struct Series: Sendable {
        public let name: String
        /// Ascending in x. Points that are no numbers are left out, and so are those of 0 or
        /// less on a logarithmic axis, and those beyond ±1e300.
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
        Axis.horizontal(series.flatMap { $0.points.map(\.x) }, most: most)
    }

    func yAxis(most: Int) -> Axis {
        Axis.vertical(
            series.flatMap { $0.points.map(\.y) }, isLogarithmic: logarithmicY, most: most)
    }

    /// Whether no point can be drawn.
    var isEmpty: Bool { series.allSatisfy { $0.points.isEmpty } }
}
