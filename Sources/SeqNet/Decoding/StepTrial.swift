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
    /// Each way has so many blocks, of which the fastest counts: what disturbs one is not its own.
    private static let rounds = 3
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
    private var blockTime = Duration.zero
    /// Of each way, its fastest block of this trial.
    private var fastest: [Duration]

    /// - Parameter ways: how many there are, at least 1.
    init(ways: Int) {
        precondition((1...Self.mostWays).contains(ways), "a trial fits the shortest period")
        fastest = Array(repeating: Self.none, count: ways)
    }

    private static let none = Duration.seconds(Int64.max)
    private var trialSteps: Int { Self.rounds * fastest.count * Self.block }

    /// Whether the next step is to be timed.
    var isTimed: Bool {
        fastest.count > 1 && steps < trialSteps && steps % Self.block >= Self.warmUps
    }

    /// Goes on to the next step.
    /// - Parameter time: of the step that is over, where it was to be timed.
    mutating func advance(_ time: Duration = .zero) {
        blockTime += time
        steps += 1
        if steps <= trialSteps && steps % Self.block == 0 {
            fastest[way] = min(fastest[way], blockTime)
            blockTime = .zero
            way = steps < trialSteps ? (way + 1) % fastest.count : fastestWay
        }
        if steps == period { beginAnew() }
    }

    private var fastestWay: Int { fastest.indices.min { fastest[$0] < fastest[$1] }! }

    private mutating func beginAnew() {
        stepsBefore += steps
        period = min(stepsBefore, Self.longestPeriod)
        steps = 0
        way = 0
        for index in fastest.indices { fastest[index] = Self.none }
    }
}
