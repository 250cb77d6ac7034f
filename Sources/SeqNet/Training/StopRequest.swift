/// Why a run is asked to stop.
public enum StopRequest: Sendable {
    /// Checkpoint, evaluate the best model, end well (Ctrl-C).
    case interrupt
    /// Checkpoint and end at once (SIGTERM).
    case terminate
}
