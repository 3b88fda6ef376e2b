import EnvdSyntax

/// What a rule looks at: one file, resolved.
package struct RuleContext: Sendable {
    package let file: SourceFile
    package let dialect: Dialect
    package let names: NameResolution
    package let environment: NameEnvironment
}

/// One thing that the linter looks for. Each rule is a static member in a file of its own, named after it.
package struct Rule: Sendable {
    /// Its name in kebab case; the code of its findings.
    package let code: String
    package let severity: Severity
    private let check: @Sendable (RuleContext) -> [Violation]

    /// A place that breaks the rule.
    struct Violation {
        /// UTF-8 bytes in the file.
        var range: Range<Int>
        var message: String
        var fixes: [Fix] = []
    }

    init(code: String, severity: Severity, check: @escaping @Sendable (RuleContext) -> [Violation]) {
        self.code = code
        self.severity = severity
        self.check = check
    }

    package func findings(in context: RuleContext) -> [Finding] {
        check(context).map { violation in
            Finding(
                code: code, severity: severity, range: violation.range, message: violation.message,
                fixes: violation.fixes)
        }
    }
}
