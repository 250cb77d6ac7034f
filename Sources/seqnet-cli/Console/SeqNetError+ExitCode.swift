import SeqNet

extension SeqNetError {
    /// The exit code of sysexits.h for this kind of error.
    var exitCode: Int32 {
        switch kind {
        case .usage: 64
        case .badData: 65
        case .cannotRead: 66
        case .internalFault: 70
        case .cannotCreate: 73
        case .cannotWrite: 74
        }
    }
}
