/// Weights in the order in which a kernel reads them. Packed once after every update of the
/// parameters, or once when a model is loaded.
protocol PackedOperand: AnyObject {
    /// Packs the parameters as they are now; `backward` also packs what gradients need, in f32
    /// alone.
    func pack(_ context: KernelContext, backward: Bool, as type: WeightType)
}
