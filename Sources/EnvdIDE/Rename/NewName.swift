import EnvdAnalysis
import EnvdLanguage
import EnvdSyntax

/// Why something cannot be renamed, as a line for people.
package struct RenameRefusal: Error, Hashable, Sendable {
    package let message: String

    init(_ message: String) { self.message = message }
}

/// Holds a name against what the language and envd allow.
///
/// - Parameter environment: names that must stay what they are; nil where any word will do, as behind a dot.
func checkNewName(_ name: String, _ environment: NameEnvironment?) throws(RenameRefusal) {
    guard isIdentifier(name) else {
        let isWord = !name.isEmpty && name.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
        throw RenameRefusal(isWord ? "'\(name)' is a keyword" : "'\(name.onOneLine)' is no name")
    }
    guard let environment else { return }
    if environment.contains(name) || name == "load" {
        throw RenameRefusal("'\(name)' is a name of envd's")
    }
}

/// Whether the language reads a text as one name.
private func isIdentifier(_ name: String) -> Bool {
    let file = SourceFile(name + "\n")
    let statements = file.statements
    guard !file.hasDiagnostics, statements.count == 1, case .name(let expression)? = ExprStmt(statements[0])?.value,
        let token = expression.name
    else { return false }
    return token.range == 0..<name.utf8.count
}

extension String {
    /// Without what would break a line of text.
    fileprivate var onOneLine: String {
        String(unicodeScalars.prefix(80).map { $0.value < 0x20 || $0.value == 0x7F ? " " : Character($0) })
    }
}
