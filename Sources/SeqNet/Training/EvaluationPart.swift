/// Which part of the data an evaluation is on.
public enum EvaluationPart: String, Sendable {
    case validation, test
}
