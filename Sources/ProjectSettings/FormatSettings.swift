/// How a project wants its programs laid out: what black reads from `[tool.black]`, and the table `format`, whose keys count
/// more.
package struct FormatSettings: Sendable, Hashable {
    package var lineLength: Int?
    package var skipsStringNormalization: Bool?
    package var skipsMagicTrailingComma: Bool?
    /// Patterns of files that are not formatted, as in a `.gitignore` file.
    package var exclude: [String] = []

    package init() {}

    /// - Parameters:
    ///   - bytes: what stands in the file.
    ///   - name: the file's name, one of `ProjectSettings.fileNames`.
    /// - Returns: nil if the file does not speak of layout.
    package init?(_ bytes: [UInt8], fileName name: String) throws(SettingsError) {
        let table = try TOMLValue.table(parsing: bytes)
        var own = table["format"]
        var path = "format"
        var black: TOMLValue?
        if name == "pyproject.toml" {
            guard case .table(let tool)? = table["tool"] else { return nil }
            black = tool["black"]
            own = nil
            if case .table(let envd)? = tool["envd"] { own = envd["format"] }
            path = "tool.envd.format"
        }
        if own == nil, black == nil { return nil }
        if let black {
            let reader = SettingsReader(path: "tool.black", value: black)
            for (key, value) in try reader.members() {
                // black takes either spelling, and has many settings that are not about layout.
                try read(String(key.map { $0 == "_" ? "-" : $0 }), value)
            }
        }
        if let own { try read(SettingsReader(path: path, value: own)) }
    }

    /// The table `format` itself.
    init(_ reader: SettingsReader) throws(SettingsError) { try read(reader) }

    private mutating func read(_ reader: SettingsReader) throws(SettingsError) {
        let keys = ["line-length", "skip-string-normalization", "skip-magic-trailing-comma", "exclude"]
        for (key, value) in try reader.members(of: keys) {
            if key == "exclude" { exclude = try value.strings() } else { try read(key, value) }
        }
    }

    private mutating func read(_ key: String, _ value: SettingsReader) throws(SettingsError) {
        switch key {
        case "line-length": lineLength = try value.columns()
        case "skip-string-normalization": skipsStringNormalization = try value.flag()
        case "skip-magic-trailing-comma": skipsMagicTrailingComma = try value.flag()
        default: break
        }
    }

    /// What these settings leave open, the others decide.
    package func filled(from other: FormatSettings?) -> FormatSettings {
        guard let other else { return self }
        var settings = self
        settings.lineLength = lineLength ?? other.lineLength
        settings.skipsStringNormalization = skipsStringNormalization ?? other.skipsStringNormalization
        settings.skipsMagicTrailingComma = skipsMagicTrailingComma ?? other.skipsMagicTrailingComma
        settings.exclude += other.exclude
        return settings
    }
}
