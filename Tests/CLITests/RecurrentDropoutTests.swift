import Foundation
import Testing

/// --recurrent-dropout of every task.
@Suite struct RecurrentDropoutTests {
    @Test(arguments: TinyTask.all.indices) func everyTaskTakesIt(index: Int) throws {
        let task = TinyTask.all[index], folder = try CLIFolder()
        for (out, rate) in [("with", "0.5"), ("again", "0.5"), ("without", "0")] {
            let outcome = try task.train(in: folder, "--recurrent-dropout", rate, "--out", out)
            #expect(outcome.status == 0, "\(outcome.error)")
        }
        let model = try folder.bytes("with/model.safetensors")
        #expect(try model == folder.bytes("again/model.safetensors"))
        #expect(try model != folder.bytes("without/model.safetensors"))
        #expect(try jsonObject(folder.text("with/config.json"))["recurrent_dropout"] as? Double == 0.5)
        let wrong = try task.train(in: folder, "--recurrent-dropout", "1", "--out", "no")
        #expect(wrong.status == 64 && wrong.error.contains("--recurrent-dropout 1"), "\(wrong.error)")
        let resumed = try SeqNetProcess.run(
            ["train", task.name, "--resume", "--out", "with", "--recurrent-dropout", "0.1"], in: folder)
        #expect(resumed.status == 64 && resumed.error.contains("--recurrent-dropout"), "\(resumed.error)")
    }
}
