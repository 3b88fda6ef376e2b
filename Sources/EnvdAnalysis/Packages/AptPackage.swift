/// A package as `apt-get install` takes it: `curl`, `curl=7.81.0-1`, `curl/jammy`, `libc6:i386`, `curl-` (to be removed).
package struct AptPackage: Sendable, Hashable {
    package let name: String
    /// Empty if none is given.
    package let version: String

    /// Nil if it is no such thing: Debian names packages with lower-case letters, digits, `+`, `-` and `.`.
    package init?(_ text: String) {
        let end = text.utf8.firstIndex { $0 == "=" || $0 == "/" || $0 == ":" } ?? text.endIndex
        let name = text[..<end]
        var rest = text[end...]
        let bytes = Array(name.utf8)
        // One letter more than Debian demands to be missing is tolerated, since apt reads patterns too.
        guard let first = bytes.first, AptPackage.isNameByte(first), first != "+", first != "-", first != ".",
            bytes.allSatisfy(AptPackage.isNameByte)
        else { return nil }
        if rest.first == ":" {
            let architecture = rest.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "-" }
            guard !architecture.isEmpty else { return nil }
            rest = rest.dropFirst(1 + architecture.count)
        }
        if rest.first == "=" {
            let version = rest.dropFirst()
            guard !version.isEmpty, version.utf8.allSatisfy(AptPackage.isVersionByte) else { return nil }
            self.version = String(version)
        } else {
            guard rest.isEmpty || rest.count > 1 else { return nil }
            version = ""
        }
        self.name = String(name)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte.isDigit || (byte.isLetter && byte & 0x20 != 0) || byte == "+" || byte == "-" || byte == "."
    }

    private static func isVersionByte(_ byte: UInt8) -> Bool {
        byte.isDigit || byte.isLetter || byte == "." || byte == "+" || byte == "~" || byte == ":" || byte == "-"
            || byte == "*"
    }
}
