/// Which of several ways to take a step is fastest: those that have the same bits and differ in
/// what a machine gives for them.
///
/// What a second thread gives a step of a middling size depends on how far the cores lie from each
/// other, which a virtual machine does not tell and which changes, and on who else is at work. So
/// each way is timed, and timed again after some thousand steps.
struct StepTrial {
    /// Steps of one way before those of the next, so that caches settle and threads are awake.
    private static let block = 8
    /// The first steps of a block are not timed.
    private static let warmUps = 2
    /// Each way has so many blocks in a trial, of which the middle one counts: a short disturbance
    /// of one of them is no reason.
    private static let rounds = 3
    /// A way that something else holds up for long, as a thread whose core is taken, counts as so
    /// many times slower than the fastest one, for some trials too: it will be held up again.
    private static let slowest = 4
    /// Steps from the beginning of one trial to that of the next, at first and at most: a new thread
    /// may take some milliseconds to find a core of its own, and later some hundredth of the steps
    /// is of a trial.
    private static let shortestPeriod = 256, longestPeriod = 8192
    private static let mostWays = shortestPeriod / (rounds * block)

    /// The way that the next step takes, from 0 on.
    private(set) var way = 0
    /// Steps since the trial began, and before it.
    private var steps = 0, stepsBefore = 0
    private var period = Self.shortestPeriod
    /// Of each way, the blocks of this trial, round by round.
    private var blocks: [Duration]
    /// Of each way, the time of a block over the trials, of which the last counts half.
    private var times: [Duration]

    /// - Parameter ways: how many there are, at least 1.
    init(ways: Int) {
        precondition((1...Self.mostWays).contains(ways), "a trial fits the shortest period")
        blocks = Array(repeating: .zero, count: ways * Self.rounds)
        times = Array(repeating: .zero, count: ways)
    }

    private var trialSteps: Int { blocks.count * Self.block }

    /// Whether the next step is to be timed.
    var isTimed: Bool {
        times.count > 1 && steps < trialSteps && steps % Self.block >= Self.warmUps
    }

    /// Goes on to the next step.
    /// - Parameter time: of the step that is over, where it was to be timed.
    mutating func advance(_ time: Duration = .zero) {
        if steps < trialSteps { blocks[steps / Self.block] += time }
        steps += 1
        if steps == period { beginAnew() }
        if steps < trialSteps {
            way = steps / Self.block % times.count
        } else if steps == trialSteps {
            judge()
        }
    }

    private mutating func beginAnew() {
        stepsBefore += steps
        period = min(stepsBefore, Self.longestPeriod)
        steps = 0
        for index in blocks.indices { blocks[index] = .zero }
    }

    private mutating func judge() {
        let fastest = times.indices.map(middle).min()!
        for way in times.indices {
            let time = min(middle(way), fastest * Self.slowest)
            times[way] = times[way] == .zero ? time : (times[way] + time) / 2
        }
        way = times.indices.min { times[$0] < times[$1] }!
    }

    /// The middle one of a way's blocks.
    private func middle(_ way: Int) -> Duration {
        let (a, b, c) = (blocks[way], blocks[way + times.count], blocks[way + 2 * times.count])
        return max(min(a, b), min(max(a, b), c))
    }
}
