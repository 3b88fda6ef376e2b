/// A requirement as pip takes it: `torch[cuda]>=2.1; python_version < "3.12"`. The grammar is that of PEP 508, and versions are those of
/// PEP 440, both as the library `packaging` reads them.
package struct Requirement: Sendable, Hashable {
    package struct Clause: Sendable, Hashable {
        /// `==`, `>=`, …
        package let op: String
        package let version: String
    }

    package let name: String
    package let extras: [String]
    package let clauses: [Clause]
    package let url: String?
    /// What follows `;`.
    package let marker: String?

    /// The name as PEP 503 compares it: lower-case, with `-` for every run of `-`, `_` and `.`.
    package var normalizedName: String { Requirement.normalized(name) }

    package static func normalized(_ name: String) -> String {
        var result: [UInt8] = []
        var separated = false
        for byte in name.lowercased().utf8 {
            if byte == "-" || byte == "_" || byte == "." {
                separated = true
            } else {
                if separated, !result.isEmpty { result.append(UInt8(ascii: "-")) }
                separated = false
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The only version that it allows, in the plain form that can be compared; nil if there are several.
    package var pinnedVersion: String? {
        guard clauses.count == 1, let clause = clauses.first, clause.op == "==" || clause.op == "===",
            !clause.version.hasSuffix("*")
        else { return nil }
        return Requirement.comparable(clause.version)
    }

    /// `v1.2.0` and `1.2` are the same version.
    private static func comparable(_ version: String) -> String {
        var text = version.lowercased()[...]
        if text.hasPrefix("v") { text = text.dropFirst() }
        guard text.allSatisfy({ $0.isNumber || $0 == "." }) else { return String(text) }
        var parts = text.split(separator: ".").map { part in part.drop { $0 == "0" } }
        while parts.last?.isEmpty == true { parts.removeLast() }
        return parts.map { $0.isEmpty ? "0" : String($0) }.joined(separator: ".")
    }

    /// Nil if it is none.
    package init?(_ text: String) {
        var parser = RequirementParser(text)
        guard let requirement = parser.requirement() else { return nil }
        self = requirement
    }

    init(name: String, extras: [String], clauses: [Clause], url: String?, marker: String?) {
        self.name = name
        self.extras = extras
        self.clauses = clauses
        self.url = url
        self.marker = marker
    }
}
