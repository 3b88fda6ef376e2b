import EnvdAnalysis
import ProjectSettings
import Testing

@Suite struct ProjectSettingsTests {
    private func settings(_ text: String, _ name: String = "envd.toml") throws -> ProjectSettings? {
        try ProjectSettings(Array(text.utf8), fileName: name)
    }

    @Test func everySettingIsRead() throws {
        let settings = try #require(
            try settings(
                """
                markdown = true
                [lint]
                select = ["names", "set-function"]
                extend-select = ["all"]
                ignore = ["undefined-name"]
                exclude = ["vendor/", "*.gen.envd"]
                baseline = "old.json"
                [lint.severity]
                names = "advice"
                undefined-name = "warning"
                [lint.per-file-ignores]
                "lib/**" = ["undefined-name"]
                """))
        #expect(settings.markdown)
        let lint = settings.lint
        #expect(lint.selection.select == [.group(.names), .rule("set-function")])
        #expect(lint.selection.extendSelect == [.all])
        #expect(lint.selection.ignore == [.rule("undefined-name")])
        #expect(lint.exclude == ["vendor/", "*.gen.envd"])
        #expect(lint.baseline == "old.json")
        let undefined = try #require(allRules.first { $0.code == "undefined-name" })
        let set = try #require(allRules.first { $0.code == "set-function" })
        #expect(lint.severity(of: undefined) == .warning)
        #expect(lint.severity(of: set) == .advice)
        #expect(!lint.rules(RuleSelection()) { $0 == "lib/**" }.contains { $0.code == "undefined-name" })
        #expect(lint.rules(RuleSelection()) { _ in false }.contains { $0.code == "undefined-name" })
    }

    @Test func pyprojectMayBeAboutOtherThings() throws {
        #expect(try settings("[tool.black]\nline-length = 100\n", "pyproject.toml") == nil)
        #expect(try settings("tool = 1\n", "pyproject.toml") == nil)
        let own = try settings("[tool.envd.lint]\nignore = ['names']\n[project]\nname = 'x'\n", "pyproject.toml")
        #expect(own?.lint.selection.ignore == [.group(.names)])
    }

    @Test(arguments: [
        ("lint = 1", "lint has to be a table"),
        ("lnt = {}", "there is no setting 'lnt'; did you mean 'lint'?"),
        ("[lint]\nslect = []", "there is no setting 'lint.slect'; did you mean 'select'?"),
        ("[lint]\nselect = 'names'", "lint.select has to be a list of strings"),
        ("[lint]\nselect = [1]", "lint.select has to be a list of strings"),
        ("[lint]\nselect = ['nmes']", "lint.select: no rule or group is called 'nmes'; did you mean 'names'?"),
        ("[lint]\nbaseline = 1979-05-27", "lint.baseline has to be a string"),
        ("[lint.severity]\nnames = 'bad'", "lint.severity.names has to be one of error, warning, advice"),
        ("markdown = 'yes'", "markdown has to be true or false"),
        ("\"\\u0000a\" = 1", "there is no setting"),
    ])
    func whatIsWrongIsSaid(text: String, message: String) throws {
        let error = try #require(throws: SettingsError.self) { try settings(text) }
        #expect(error.message.hasPrefix(message), "\(error.message)")
        #expect(error.position == nil)
    }

    @Test(arguments: [("[lint]\nselect = [\n", 2), ("a = 1\na = 2\n", 2), ("a = 1\nb = \0\n", 2), ("x", 1)])
    func noTOMLIsSaidWithItsPlace(text: String, line: Int) throws {
        let error = try #require(throws: SettingsError.self) { try settings(text) }
        #expect(error.position?.line == line, "\(error.message) \(String(describing: error.position))")
    }

    @Test func deepNestingIsNoCrash() throws {
        let text = "a = " + String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        #expect(throws: SettingsError.self) { try settings(text) }
        let keys = "a" + String(repeating: ".a", count: 100_000) + " = 1"
        #expect(throws: SettingsError.self) { try settings(keys) }
    }

    @Test func bytesThatAreNoTextAreRefused() {
        #expect(throws: SettingsError.self) { try ProjectSettings([0xFF, 0xFE], fileName: "envd.toml") }
    }
}

@Suite struct FormatSettingsTests {
    private func settings(_ text: String, _ name: String = "pyproject.toml") throws -> FormatSettings? {
        try FormatSettings(Array(text.utf8), fileName: name)
    }

    @Test func ownSettingsCountMoreThanThoseOfBlack() throws {
        let settings = try #require(
            try settings(
                """
                [tool.black]
                line_length = 100
                skip-string-normalization = true
                target-version = ["py311"]
                [tool.envd.format]
                line-length = 79
                exclude = ["vendor/"]
                """))
        #expect(settings.lineLength == 79)
        #expect(settings.skipsStringNormalization == true)
        #expect(settings.skipsMagicTrailingComma == nil)
        #expect(settings.exclude == ["vendor/"])
    }

    @Test func aFileThatDoesNotSpeakOfLayoutHasNone() throws {
        #expect(try settings("[tool.ruff]\nline-length = 100\n") == nil)
        #expect(try settings("[tool.envd.lint]\nignore = []\n") == nil)
        #expect(try settings("[lint]\nignore = []\n", "envd.toml") == nil)
        #expect(try settings("[format]\nline-length = 40\n", "envd.toml")?.lineLength == 40)
    }

    @Test func whatIsLeftOpenOthersDecide() throws {
        var own = FormatSettings()
        own.lineLength = 40
        var other = FormatSettings()
        other.lineLength = 100
        other.skipsMagicTrailingComma = true
        let filled = own.filled(from: other)
        #expect(filled.lineLength == 40)
        #expect(filled.skipsMagicTrailingComma == true)
    }

    @Test(arguments: ["line-length = 0", "line-length = \"wide\"", "line-lenght = 1", "exclude = 1"])
    func mistakesAreTold(text: String) {
        #expect(throws: SettingsError.self) { try settings("[tool.envd.format]\n\(text)\n") }
    }
}
