import SeqNet

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Turns Ctrl-C and SIGTERM into requests that training asks for between two updates.
///
/// A second signal of either kind ends the process at once, with exit code 130 or 143.
enum StopSignals {
    /// The signal that came, 0 for none. Only a handler writes it, in one store.
    nonisolated(unsafe) private static var received: Int32 = 0

    static func install() {
        // A parent's thread may have blocked them, and its child inherits that.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        sigaddset(&signals, SIGTERM)
        sigprocmask(SIG_UNBLOCK, &signals, nil)
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                if StopSignals.received != 0 { _exit(128 + number) }
                StopSignals.received = number
            }
        }
    }

    static var request: StopRequest? {
        switch received {
        case SIGINT: .interrupt
        case SIGTERM: .terminate
        default: nil
        }
    }
}
