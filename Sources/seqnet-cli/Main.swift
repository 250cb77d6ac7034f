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
        occupyStandardDescriptors()
        do {
            let arguments = CommandLineArguments.joiningNegativeNumbers(
                Array(CommandLine.arguments.dropFirst()))
            var command = try SeqNetCommand.parseAsRoot(arguments)
            try command.run()
        } catch let error as SeqNetError {
            Console.error(error.message)
            exit(error.exitCode)
        } catch {
            end(error)
        }
    }

    /// Where a parent closed stdin, stdout or stderr, the next file that is opened would take its
    /// number, and what is printed would go into it. Something that refuses both reading text and
    /// writing takes it instead.
    private static func occupyStandardDescriptors() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    /// Ends with an error of the parser, its answer to `--help`, or a bare exit code.
    private static func end(_ error: any Error) -> Never {
        guard SeqNetCommand.exitCode(for: error) == .validationFailure else {
            SeqNetCommand.exit(withError: error)
        }
        // Two lines in place of the usage with its dozens of options: what is wrong, and where
        // to read on, which is the last line of the parser's own text.
        let message = SeqNetCommand.message(for: error)
            .split(separator: "\n").joined(separator: " ")
        let pointer = SeqNetCommand.fullMessage(for: error).split(separator: "\n").last ?? ""
        Console.error("\(message)\n\(pointer.drop { $0 == " " })")
        exit(ExitCode.validationFailure.rawValue)
    }
}
