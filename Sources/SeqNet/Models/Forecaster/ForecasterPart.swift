/// Windows of one part of the data.
public struct ForecasterPart: Sendable {
    /// What error messages call it.
    public let name: String
    let windows: [SeriesWindows]

    /// Windows of all series.
    public var count: Int { windows.reduce(0) { $0 + $1.count } }

    /// - Throws: `badData` for a series that is too short for a window.
    init(_ parts: [SeriesPart], _ profile: SeriesProfile, _ shape: WindowShape) throws {
        name = parts[0].name
        windows = try parts.map { try SeriesWindows($0, profile.standardization, shape) }
    }

    /// A hash of all that a run would learn from.
    var fingerprint: String {
        var fingerprint = Fingerprint()
        for part in windows {
            fingerprint.add(part.origins.lowerBound)
            fingerprint.add(part.origins.upperBound)
            for value in part.values { fingerprint.add(Int(bitPattern: UInt(value.bitPattern))) }
        }
        return fingerprint.text
    }
}
