/// Paths as text. They are cut at bytes, because a combining accent after a "/" would make
/// one `Character` of both.
enum FilePath {
    private static let separator = UInt8(ascii: "/")

    /// The path without slashes at its end; "/" stays.
    static func trimmed(_ path: String) -> String {
        var bytes = Array(path.utf8)
        while bytes.count > 1 && bytes.last == separator { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The folder that holds the file or folder of that path: "." for "a", "/" for "/a".
    static func folder(of path: String) -> String {
        let bytes = Array(trimmed(path).utf8)
        guard let last = bytes.lastIndex(of: separator) else { return "." }
        return last == 0 ? "/" : trimmed(String(decoding: bytes[..<last], as: UTF8.self))
    }

    /// The last component of the path: "b" for "a/b" and "a/b/".
    static func name(of path: String) -> String {
        let bytes = Array(trimmed(path).utf8)
        guard let last = bytes.lastIndex(of: separator), bytes.count > 1 else {
            return trimmed(path)
        }
        return String(decoding: bytes[(last + 1)...], as: UTF8.self)
    }

    /// The last component without what follows its last dot: "input" for "a/input.txt".
    static func stem(of path: String) -> String {
        let bytes = Array(name(of: path).utf8)
        guard let dot = bytes.lastIndex(of: UInt8(ascii: ".")), dot > 0 else {
            return name(of: path)
        }
        return String(decoding: bytes[..<dot], as: UTF8.self)
    }

    static func join(_ folder: String, _ name: String) -> String {
        folder.utf8.last == separator ? folder + name : folder + "/" + name
    }
}
