import ArgumentParser
import SeqNet

/// The model that a command works with.
struct ModelPathArgument: ParsableArguments {
    @Argument(
        help: .init("A model.safetensors file or a run's folder.", valueName: "model"),
        completion: .file())
    var model: String

    func open() throws -> ModelFile { try ModelFile(path: model) }

    func languageModel(_ context: KernelContext) throws -> LanguageModel {
        try LanguageModel(contentsOf: model, context)
    }
}
