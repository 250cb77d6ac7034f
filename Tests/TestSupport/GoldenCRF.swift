/// The golden file of a conditional random field, as make_crf.py writes it.
package struct GoldenCRF: Decodable {
    package var lengths: [Int]
    package var emissions: GoldenTensor
    /// transitions, start, end.
    package var parameters: [String: GoldenTensor]
    /// The same; 0 where forbidden.
    package var allowed: [String: GoldenTensor]
    package var targets: [Int32]
    /// What the sum of the losses is multiplied with before gradients are taken.
    package var scale: Double
    package var losses: GoldenTensor
    package var marginals: GoldenTensor
    package var best: [Int32]
    package var bestScores: [Double]
    /// emissions, transitions, start, end.
    package var gradients: [String: GoldenTensor]
}
