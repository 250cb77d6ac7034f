/// The parts of a generated data set, in which nothing occurs twice.
public struct DataSetParts<Element: Sendable>: Sendable {
    /// As many as asked for.
    public let train: [Element]
    /// One for twenty of the training part, at least one.
    public let valid: [Element]
    /// As many as for validation.
    public let test: [Element]

    /// Draws the parts.
    /// - Parameters:
    ///   - size: how many are drawn for training.
    ///   - taken: identities that are not drawn.
    ///   - identity: what no two elements have in common.
    ///   - draw: gives an element; it is called again for one whose identity was drawn before.
    init<Identity: Hashable>(
        size: Int, seed: UInt64, excluding taken: Set<Identity> = [],
        identity: (Element) -> Identity, draw: (inout Random) -> Element
    ) {
        var taken = taken
        func elements(_ count: Int, stream: UInt64) -> [Element] {
            var random = Random(seed: seed, stream: stream)
            var elements: [Element] = []
            elements.reserveCapacity(count)
            while elements.count < count {
                let element = draw(&random)
                if taken.insert(identity(element)).inserted { elements.append(element) }
            }
            return elements
        }
        // First what is held out: so it is the same for sizes of which a twentieth is the same.
        let heldOut = max(1, size / 20)
        valid = elements(heldOut, stream: 1)
        test = elements(heldOut, stream: 2)
        train = elements(size, stream: 3)
    }

    /// `train`, `valid` and `test` with that extension.
    func files(extension: String, text: ([Element]) -> String) -> [GeneratedFile] {
        [("train", train), ("valid", valid), ("test", test)].map { part, elements in
            GeneratedFile(name: "\(part).\(`extension`)", text: text(elements))
        }
    }
}
