import ArgumentParser
import SeqNet

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What goes to the two output streams: results to stdout, everything else to stderr.
enum Console {
    /// Whether a line that is redrawn stands on the terminal; whatever is written next removes it.
    nonisolated(unsafe) private static var lineIsOpen = false

    /// Writes text to stdout at once.
    /// - Throws: `.cannotWrite` when stdout cannot take it (a full disk). A closed pipe ends
    ///   the process by its signal; where a parent had that ignored, by an `ExitCode`, as quietly.
    static func result(_ text: String) throws {
        closeLine()
        guard write(text, to: STDOUT_FILENO) else {
            if errno == EPIPE { throw ExitCode(128 + SIGPIPE) }
            throw SeqNetError(
                .cannotWrite, "stdout: cannot write: \(String(cString: strerror(errno))); "
                    + "free some space, or send the output elsewhere")
        }
    }

    static func resultLine(_ text: String) throws { try result(text + "\n") }

    /// A line of information.
    static func note(_ text: String) {
        closeLine()
        _ = write(text + "\n", to: STDERR_FILENO)
    }

    static func error(_ message: String) { note("seqnet: \(message)") }

    /// Draws the line of a terminal anew. Only the main thread writes to the console.
    static func draw(_ text: String) {
        _ = write("\r\u{1B}[K" + text, to: STDERR_FILENO)
        lineIsOpen = true
    }

    /// Removes a line that is being redrawn.
    static func closeLine() {
        if lineIsOpen { _ = write("\r\u{1B}[K", to: STDERR_FILENO) }
        lineIsOpen = false
    }

    static var stderrIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }
    static var stdoutIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Columns of the terminal on stderr; 80 when it does not tell.
    static var columns: Int {
        var size = winsize()
        let known = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return known ? Int(size.ws_col) : 80
    }

    private static func write(_ text: String, to descriptor: Int32) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                #if canImport(Darwin)
                let written = Darwin.write(descriptor, rest.baseAddress, rest.count)
                #elseif canImport(Musl)
                let written = Musl.write(descriptor, rest.baseAddress, rest.count)
                #else
                let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
                #endif
                if written < 0 {
                    if errno == EINTR { continue }
                    return false
                }
                rest = UnsafeRawBufferPointer(rebasing: rest[written...])
            }
            return true
        }
    }
}
