import EnvdSyntax

/// The declarations of the language itself that stand for code of the host.
///
/// - Parameter name: `functions`, or a type with methods: `string`, `list`, `dict`, `set`, `bytes`.
package func languageStubs(_ name: String) -> SourceFile? {
    switch name {
    case "functions": SourceFile(bytes: PackageResources.functions_envd)
    case "string": SourceFile(bytes: PackageResources.string_envd)
    case "list": SourceFile(bytes: PackageResources.list_envd)
    case "dict": SourceFile(bytes: PackageResources.dict_envd)
    case "set": SourceFile(bytes: PackageResources.set_envd)
    case "bytes": SourceFile(bytes: PackageResources.bytes_envd)
    default: nil
    }
}
