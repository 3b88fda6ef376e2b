import EnvdSyntax

package struct Dialect: OptionSet, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }
    package static let globalReassign = Dialect(rawValue: 1)
    package static let envd: Dialect = []
    package static let starlark: Dialect = [.globalReassign]
}
extension SourceFile { package func dialectDiagnostics(_: Dialect) -> [SyntaxDiagnostic] { [] } }
