import ArgumentParser
import SeqNet

@main
enum Main {
    static func main() {
        do {
            var command = try SeqNetCommand.parseAsRoot()
            try command.run()
        } catch let error as SeqNetError {
            Console.error(error)
            SeqNetCommand.exit(withError: ExitCode(error.exitCode))
        } catch {
            SeqNetCommand.exit(withError: error)
        }
    }
}
