/// What a decoder knows of its sources.
struct EncodedSource {
    /// What attention looks at; nil without attention.
    let memory: AttentionMemory?
    /// The initial states of the decoder's layers.
    let states: [LayerState]
}
