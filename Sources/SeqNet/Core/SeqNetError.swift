/// An error that a user of SeqNet can meet: what is wrong, where, and how to mend it.
///
/// A programmer's mistake (a shape that cannot be) is a `precondition` instead.
public struct SeqNetError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What went wrong, in the classes that the command line maps to exit codes.
    public enum Kind: Equatable, Sendable {
        /// Options that contradict each other or are out of range.
        case usage
        /// Data or a file whose content is not what it should be; NaN losses too.
        case badData
        /// A file that is missing or cannot be read.
        case cannotRead
        /// A file or folder that cannot be created, because something is there already.
        case cannotCreate
        /// A file that cannot be written: a full disk, no permission.
        case cannotWrite
        /// Our own fault.
        case internalFault
    }

    public let kind: Kind
    /// One or two lines: where, what, and how to mend it.
    public let message: String

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    public var description: String { message }

    /// What is to be said where a model computes NaN or infinities.
    public static let computesNoNumbers = SeqNetError(
        .badData,
        "model: what it computes is not a number; its file is damaged or its training diverged, use "
            + "another one")
}
