import Testing

@testable import SeqNet

@Suite struct FilePathTests {
    static let paths: [(path: String, folder: String, name: String, stem: String)] = [
        ("a", ".", "a", "a"), ("/a", "/", "a", "a"), ("a/b.txt", "a", "b.txt", "b"),
        ("a//b.tar.gz", "a", "b.tar.gz", "b.tar"), ("/", "/", "/", "/"), ("a/b/", "a", "b", "b"),
        ("../.hidden", "..", ".hidden", ".hidden"), ("x/\u{301}y", "x", "\u{301}y", "\u{301}y"),
    ]

    @Test(arguments: paths) func pathsAreCut(path: String, folder: String, name: String, stem: String) {
        #expect(FilePath.folder(of: path).utf8.elementsEqual(folder.utf8))
        #expect(FilePath.name(of: path).utf8.elementsEqual(name.utf8))
        #expect(FilePath.stem(of: path).utf8.elementsEqual(stem.utf8))
    }

    @Test func joiningNeedsOneSlash() {
        #expect(FilePath.join("a", "b") == "a/b")
        #expect(FilePath.join("/", "b") == "/b")
    }
}
