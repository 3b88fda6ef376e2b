import EnvdAnalysis
import EnvdLanguage
import EnvdSyntax

/// The text of a file that is part of the tool: the API, written in the language, and the declarations of the language itself.
///
/// - Parameter name: such as `v1/install.envd` or `starlark/string.envd`.
/// - Returns: UTF-8 bytes; nil if there is no such file.
package func preludeSource(_ name: String) -> [UInt8]? {
    if let file = PreludeFile.all.first(where: { $0.name == PreludeFile.namePrefix + name }) { return file.bytes }
    let (folder, ending) = ("starlark/", ".envd")
    guard name.hasPrefix(folder), name.hasSuffix(ending) else { return nil }
    return languageStubs(String(name.dropFirst(folder.count).dropLast(ending.count)))?.bytes
}
