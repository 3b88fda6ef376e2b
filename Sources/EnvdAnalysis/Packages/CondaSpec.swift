/// A package as `conda install` takes it: `numpy`, `numpy=1.26`, `conda-forge::numpy>=1.2,<2`, `numpy=1.26=py311_0`.
package struct CondaSpec: Sendable, Hashable {
    package let channel: String?
    package let name: String
    /// What stands behind the name, without the brackets; empty if nothing.
    package let version: String

    /// Nil if conda refuses it for its form.
    package init?(_ text: String) {
        var rest = Substring(text.trimmed)
        // A URL or a file of a package.
        guard !rest.isEmpty, !rest.contains("://"), !rest.hasSuffix(".conda"), !rest.hasSuffix(".tar.bz2") else {
            return nil
        }
        if let open = rest.firstIndex(of: "[") {
            // `name[version=1.2, build=*]`: nothing but keys with values.
            guard rest.hasSuffix("]") else { return nil }
            let keys = rest[rest.index(after: open)...].dropLast().split(separator: ",")
            guard !keys.isEmpty, keys.allSatisfy({ $0.contains("=") }) else { return nil }
            rest = rest[..<open]
        }
        let parts = rest.components(separatedBy: "::")
        guard parts.count <= 2, let last = parts.last else { return nil }
        channel = parts.count == 2 ? String(parts[0]) : nil
        let name = last.prefix { character in
            character.isASCII && (character.isLetter || character.isNumber || "._-*".contains(character))
        }
        guard !name.isEmpty else { return nil }
        let version = last.dropFirst(name.count).drop { $0 == " " }
        if let first = version.first {
            guard "=<>!~".contains(first) || last.dropFirst(name.count).first == " " else { return nil }
            guard version.last.map({ !"=<>!~,|".contains($0) }) ?? true else { return nil }
        }
        self.name = name.lowercased()
        self.version = String(version)
    }

    /// The only version that it allows; nil if there are several.
    package var pinnedVersion: String? {
        guard version.hasPrefix("=="), version.dropFirst(2).allSatisfy({ !"=<>!~,|* ".contains($0) }) else {
            return nil
        }
        return String(version.dropFirst(2))
    }
}

extension Substring {
    fileprivate func components(separatedBy separator: String) -> [Substring] {
        var parts: [Substring] = []
        var start = startIndex
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(separator) {
                parts.append(self[start..<index])
                index = self.index(index, offsetBy: separator.count)
                start = index
            } else {
                index = self.index(after: index)
            }
        }
        parts.append(self[start...])
        return parts
    }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
