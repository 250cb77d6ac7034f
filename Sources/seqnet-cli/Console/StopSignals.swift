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
/// A second Ctrl-C ends the process at once with exit code 130.
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
        signal(SIGINT) { number in
            if StopSignals.received == SIGINT { _exit(130) }
            StopSignals.received = number
        }
        signal(SIGTERM) { number in StopSignals.received = number }
    }

    static var request: StopRequest? {
        switch received {
        case SIGINT: .interrupt
        case SIGTERM: .terminate
        default: nil
        }
    }
}
