/// The batches of an epoch, drawn when its first step asks for them.
struct EpochOrder<Record> {
    private let draw: (_ epoch: Int) -> [[Record]]
    private var current: (epoch: Int, batches: [[Record]])?

    /// - Parameter draw: the batches of an epoch; the same for the same epoch.
    init(_ draw: @escaping (_ epoch: Int) -> [[Record]]) { self.draw = draw }

    /// The records of a step of an epoch, both counted from 0.
    mutating func batch(epoch: Int, step: Int) -> [Record] {
        if current?.epoch != epoch { current = (epoch, draw(epoch)) }
        return current!.batches[step]
    }
}
