import SeqNet

/// How many texts are drawn, and how.
struct SampleDraws {
    let options: SamplingOptions
    let seed: UInt64
    let count: Int
    /// nil: the task's usual one.
    let length: Int?
}
