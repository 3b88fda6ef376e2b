import EnvdAnalysis

/// What a project says of how it wants to be treated, in `envd.toml` or below `[tool.envd]` of `pyproject.toml`.
package struct ProjectSettings: Sendable {
    /// Whether folders are searched for Markdown files too.
    package var markdown = false
    package var lint = LintSettings()
    package var format = FormatSettings()

    /// The files that hold settings, the one that counts first where a folder has both.
    package static let fileNames = ["envd.toml", "pyproject.toml"]

    /// - Parameters:
    ///   - bytes: what stands in the file.
    ///   - name: the file's name, one of `fileNames`.
    /// - Returns: nil if the file is not about envd.
    package init?(_ bytes: [UInt8], fileName name: String) throws(SettingsError) {
        var table = try TOMLValue.table(parsing: bytes)
        var path = ""
        if name == "pyproject.toml" {
            guard case .table(let tool)? = table["tool"], let own = tool["envd"] else { return nil }
            path = "tool.envd"
            table = try SettingsReader(path: path, value: own).table()
        }
        let reader = SettingsReader(path: path, value: .table(table))
        for (key, value) in try reader.members(of: ["format", "lint", "markdown"]) {
            switch key {
            case "format": format = try FormatSettings(value)
            case "lint": lint = try LintSettings(value)
            default: markdown = try value.flag()
            }
        }
    }
}

/// The table `lint`.
package struct LintSettings: Sendable {
    package var selection = RuleSelection()
    /// Patterns as in a `.gitignore` file, and what is ignored in the files that they match.
    package var perFileIgnores: [(pattern: String, selectors: [RuleSelector])] = []
    package var severities: [(selector: RuleSelector, severity: Severity)] = []
    /// Patterns of files that are not checked.
    package var exclude: [String] = []
    /// The path of the baseline file from the folder of the settings on.
    package var baseline: String?
    /// Whether programs are run to see what only their plans show; nil if the project does not say.
    package var plan: Bool?

    package init() {}

    init(_ reader: SettingsReader) throws(SettingsError) {
        let keys = ["select", "extend-select", "ignore", "per-file-ignores", "severity", "exclude", "baseline", "plan"]
        for (key, value) in try reader.members(of: keys) {
            switch key {
            case "select": selection.select = try value.selectors()
            case "extend-select": selection.extendSelect = try value.selectors()
            case "ignore": selection.ignore = try value.selectors()
            case "exclude": exclude = try value.strings()
            case "baseline": baseline = try value.string()
            case "plan": plan = try value.flag()
            case "per-file-ignores":
                for (pattern, list) in try value.members() {
                    perFileIgnores.append((pattern, try list.selectors()))
                }
            default:
                for (name, value) in try value.members() {
                    severities.append((try value.selector(name), try value.severity()))
                }
            }
        }
    }

    /// The rules for a file.
    ///
    /// - Parameter matches: whether a pattern is one of the file's.
    package func rules(_ selection: RuleSelection, matching matches: (String) -> Bool) -> [Rule] {
        rules(selection, without: ignored(matching: matches))
    }

    /// The rules of a selection but those that a file leaves out, as `ignored` says.
    package func rules(_ selection: RuleSelection, without ignored: [RuleSelector]) -> [Rule] {
        selection.rules().filter { rule in !ignored.contains { $0.includes(rule) } }
    }

    /// What is not asked of a file because of its path.
    package func ignored(matching matches: (String) -> Bool) -> [RuleSelector] {
        perFileIgnores.filter { matches($0.pattern) }.flatMap(\.selectors)
    }

    /// How bad a rule's findings are in this project: what the narrowest selector says that names it.
    package func severity(of rule: Rule) -> Severity {
        let named = severities.filter { $0.selector.includes(rule) }
        return named.max { $0.selector.precision < $1.selector.precision }?.severity ?? rule.severity
    }
}
