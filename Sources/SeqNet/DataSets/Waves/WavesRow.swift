/// An hour of ``WavesDataSet``.
public struct WavesRow: Equatable, Sendable {
    /// Hours since the start of 2024.
    public let hour: Int
    public let demand: Double
    /// In degrees Celsius.
    public let temperature: Double
    /// In per cent.
    public let humidity: Double

    private static let firstDay = CalendarDate(year: 2024, month: 1, day: 1)!.dayNumber

    /// Its line of the file: `2024-01-01 00:00:00,52.317,4.250,71.906`.
    var line: String {
        let date = CalendarDate(dayNumber: Self.firstDay + hour / 24)
        let time = "\(date.iso) \(CalendarDate.digits(hour % 24, 2)):00:00"
        return CSVText.line([time] + [demand, temperature, humidity].map(Self.decimal))
    }

    /// The number to three decimals.
    private static func decimal(_ number: Double) -> String {
        let thousandths = Int((number * 1000).rounded())
        let digits = CalendarDate.digits(abs(thousandths), 4)
        return (thousandths < 0 ? "-" : "") + digits.dropLast(3) + "." + digits.suffix(3)
    }
}
