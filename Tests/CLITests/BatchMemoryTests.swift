import Testing

/// What training is held to need: a batch takes no more memory than there is data.
@Suite struct BatchMemoryTests {
    @Test(arguments: TinyTask.all.indices) func aBatchHoldsNoMoreThanTheData(index: Int) throws {
        let task = TinyTask.all[index], folder = try CLIFolder()
        // If all of them were there, they would take 40 GB.
        let outcome = try task.train(
            in: folder, "--batch-size", "1048576", "--hidden-size", "128", "--out", "run")
        if task.name == "lm" {
            // Its streams must have a token each.
            #expect(outcome.status == 65 && outcome.error.contains("too few for --batch-size"))
        } else {
            #expect(outcome.status == 0, "\(outcome.error)")
        }
    }
}
