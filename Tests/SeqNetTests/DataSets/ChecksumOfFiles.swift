import SeqNet

extension GeneratedDataSet {
    /// A checksum of all that is written. Figures in documents are of these bytes: whoever changes
    /// them measures those again.
    var checksum: String {
        var checksum = CRC32C()
        for file in files {
            Array(file.text.utf8).withUnsafeBytes { checksum.update($0) }
        }
        return checksum.hexadecimal
    }
}
