import EnvdSyntax

/// All the rules, in the order of their names.
package let allRules: [Rule] = [
    .argumentOrder, .misplacedStatement, .parameterOrder, .reassignedGlobal, .setFunction, .undefinedAttribute,
    .undefinedName,
    .usedBeforeDefinition,
]

/// Everything that there is to say about a file, in the order of the source.
package func lint(_ file: SourceFile, dialect: Dialect, environment: NameEnvironment) -> [Finding] {
    let syntax = file.diagnostics + file.dialectDiagnostics(dialect)
    var findings = syntax.map { diagnostic in
        Finding(code: diagnostic.code.name, severity: .error, range: diagnostic.range, message: diagnostic.message)
    }
    let context = RuleContext(
        file: file, dialect: dialect, names: NameResolution(file, dialect: dialect), environment: environment)
    for rule in allRules { findings += rule.findings(in: context) }
    return findings.sorted {
        ($0.range.lowerBound, $0.range.upperBound, $0.code) < ($1.range.lowerBound, $1.range.upperBound, $1.code)
    }
}
