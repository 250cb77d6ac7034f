/// How a file's content is held in memory.
public enum FileAccess: Sendable {
    /// As a memory map: pages are read when touched and shared between processes. When
    /// another program cuts the file short meanwhile, touching the lost pages ends the
    /// process (SIGBUS); no check can prevent that. SeqNet itself never cuts a model file
    /// short: it replaces it by a rename, and a map of the old file stays whole.
    case mapped
    /// As a copy in memory, which nothing outside can change. For files that another program
    /// may write in place, such as those on a shared network folder.
    case copied
}
