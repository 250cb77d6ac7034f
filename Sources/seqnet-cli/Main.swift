import ArgumentParser
import SeqNet

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

@main
enum Main {
    static func main() {
        // A file over the limit of its size is an error of write(2), as a full disk is.
        signal(SIGXFSZ, SIG_IGN)
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
