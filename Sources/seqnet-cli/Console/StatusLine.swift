import SeqNet

/// What stderr shows of work that takes long: a line that is redrawn on a terminal, a plain
/// line now and then elsewhere, nothing when quiet.
final class StatusLine {
    private let isQuiet: Bool
    private let isTerminal = Console.stderrIsTerminal
    private let clock = ContinuousClock()
    private let interval: Duration
    private var lastShown: ContinuousClock.Instant

    /// Between two redraws of a terminal's line, and before the first.
    private static let redrawInterval = Duration.milliseconds(100)
    /// Between two plain lines, and before the first: short work needs none.
    private static let plainInterval = Duration.seconds(10)
    /// Of a plain line, which no terminal limits.
    private static let plainWidth = 100

    init(isQuiet: Bool) {
        self.isQuiet = isQuiet
        interval = isTerminal ? Self.redrawInterval : Self.plainInterval
        lastShown = clock.now
    }

    /// Shows how the work stands, when it is time to; a terminal shows it `atOnce` if asked.
    /// - Parameter text: is given the characters there are.
    func show(atOnce: Bool = false, _ text: (_ width: Int) -> String) {
        if isQuiet { return }
        let now = clock.now
        guard now - lastShown >= interval || (atOnce && isTerminal) else { return }
        lastShown = now
        if isTerminal {
            Console.draw(text(Console.columns - 1))
        } else {
            Console.note(text(Self.plainWidth))
        }
    }

    /// A line of its own, in place of the one that is being redrawn.
    func note(_ text: String) {
        if !isQuiet { Console.note(text) }
    }
}
