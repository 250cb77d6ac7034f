import ArgumentParser
import SeqNet

struct BenchActivationsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "activations",
        abstract: "Time exp, tanh and the sigmoid over vectors in the first cache.",
        discussion: "On one thread, as kernels call them. --json prints an array.")

    @Option(help: .init("Timed runs; their median counts.", valueName: "r"))
    var repeats: Int = 20

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let context = try KernelContext(threads: 1)
        let results = try ActivationBenchmark.Function.allCases.map {
            try ActivationBenchmark($0).run(repeats: repeats, context)
        }
        if json {
            try Console.resultLine(try JSONValue.array(results).serialized())
            return
        }
        for result in results {
            let name = result["function"]?.stringValue ?? ""
            let time = result["ns_per_element"]?.doubleValue ?? .nan
            try Console.resultLine("\(name): \(Format.fixed(time, 3)) ns an element")
        }
    }
}
