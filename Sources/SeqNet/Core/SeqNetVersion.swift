/// The release of this library and of the program.
public enum SeqNetVersion {
    public static let current = "0.1.0"
}
