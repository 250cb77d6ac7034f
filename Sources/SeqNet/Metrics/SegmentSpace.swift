extension Unicode.Scalar {
    /// White space as sacreBLEU has it, which is Python's: the property White_Space and the
    /// information separators U+001C … U+001F.
    var dividesSegments: Bool { properties.isWhitespace || ("\u{1C}"..."\u{1F}").contains(self) }
}
