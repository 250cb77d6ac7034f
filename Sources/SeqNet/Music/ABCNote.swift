/// A note as it is written, with a length in units of the tune.
struct ABCNote {
    /// Counted in steps of the scale, whatever the accidentals; 0 is middle C.
    let staffPlace: Int
    /// MIDI's note number.
    let pitch: Int
    let numerator: Int
    let denominator: Int
}
