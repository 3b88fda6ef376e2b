import EnvdAnalysis

/// Why settings cannot be used: one line.
package struct SettingsError: Error, Sendable {
    package let message: String
    /// Where the text is no TOML, both counted from 1; nil for what is TOML and still wrong.
    package let position: (line: Int, column: Int)?

    init(_ message: String, at position: (line: Int, column: Int)? = nil) {
        self.message = message
        self.position = position
    }
}

/// A value in a settings file with the path of keys that leads to it, for messages.
struct SettingsReader {
    let path: String
    let value: TOMLValue

    // MARK: - Tables

    func table() throws(SettingsError) -> [String: TOMLValue] {
        guard case .table(let table) = value else { throw wrong("a table") }
        return table
    }

    /// The members of a table whose keys the user chooses, in the order of the keys.
    func members() throws(SettingsError) -> [(key: String, value: SettingsReader)] {
        try table().sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { key, value in
            (key, SettingsReader(path: path.isEmpty ? key : "\(path).\(key)", value: value))
        }
    }

    /// The members of a table that may have these keys only.
    func members(of keys: [String]) throws(SettingsError) -> [(key: String, value: SettingsReader)] {
        let members = try members()
        for member in members where !keys.contains(member.key) {
            let nearest = nearestName(to: member.key, among: keys)
            let hint = nearest.map { "did you mean '\($0)'?" } ?? "known are \(keys.sorted().joined(separator: ", "))"
            throw SettingsError("there is no setting '\(member.value.path)'; \(hint)")
        }
        return members
    }

    // MARK: - Values

    func flag() throws(SettingsError) -> Bool {
        guard case .flag(let flag) = value else { throw wrong("true or false") }
        return flag
    }

    /// How wide a line may be.
    func columns() throws(SettingsError) -> Int {
        guard case .integer(let columns) = value, (1...10_000).contains(columns) else {
            throw wrong("a number from 1 to 10000")
        }
        return columns
    }

    func string() throws(SettingsError) -> String {
        guard case .string(let string) = value else { throw wrong("a string") }
        return string
    }

    func strings() throws(SettingsError) -> [String] {
        guard case .array(let array) = value else { throw wrong("a list of strings") }
        var strings: [String] = []
        for element in array {
            guard case .string(let string) = element else { throw wrong("a list of strings") }
            strings.append(string)
        }
        return strings
    }

    func selectors() throws(SettingsError) -> [RuleSelector] {
        var selectors: [RuleSelector] = []
        for name in try strings() { selectors.append(try selector(name)) }
        return selectors
    }

    func selector(_ name: String) throws(SettingsError) -> RuleSelector {
        do throws(RuleSelector.UnknownName) {
            return try RuleSelector(name)
        } catch {
            throw SettingsError("\(path): \(error)")
        }
    }

    func severity() throws(SettingsError) -> Severity {
        let names = Severity.allCases.map(\.rawValue)
        guard let severity = Severity(rawValue: try string()) else {
            throw wrong("one of \(names.joined(separator: ", "))")
        }
        return severity
    }

    private func wrong(_ wanted: String) -> SettingsError {
        SettingsError("\(path) has to be \(wanted)")
    }
}
