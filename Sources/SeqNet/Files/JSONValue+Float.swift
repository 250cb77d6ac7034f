extension JSONValue {
    /// A float by its shortest decimal form: 0.002, not 0.0020000000949949026.
    /// - Precondition: the value is finite.
    public static func float(_ value: Float) -> JSONValue { .number(Double(value.description)!) }
}
