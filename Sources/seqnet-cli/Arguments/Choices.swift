import ArgumentParser
import SeqNet

extension TokenKind: ExpressibleByArgument {}
extension ConditionMode: ExpressibleByArgument {}
extension AttentionKind: ExpressibleByArgument {}
extension PoolingKind: ExpressibleByArgument {}
extension OptimizerKind: ExpressibleByArgument {}
extension LearningRateSchedule.Kind: ExpressibleByArgument {}
extension Cell.RNNActivation: ExpressibleByArgument {}
extension Cell.GRUForm: ExpressibleByArgument {}

/// The cells of `--cell`; activation and form are options of their own.
enum CellName: String, CaseIterable, ExpressibleByArgument { case rnn, gru, lstm }
