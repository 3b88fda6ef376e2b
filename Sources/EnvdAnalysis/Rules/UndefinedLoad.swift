import EnvdLanguage
import EnvdSyntax

extension Rule {
    /// A `load` of a name that the file does not define.
    static let undefinedLoad = Rule(
        "undefined-load", .names, .error, page: PackageResources.undefined_load_md,
        .nodes([.loadItem]) { node, context, reporter in
            guard let item = LoadItem(node), let token = item.name, let name = item.loadedName,
                // A rule of its own says that private names cannot be loaded.
                !name.hasPrefix("_"), let path = node.parent.flatMap(LoadStmt.init)?.path
            else { return }
            if case .prelude = LoadPath(path) {
                let names = TypeEnvironment.envd.libraries[path]?.keys.sorted() ?? []
                guard !names.contains(name) else { return }
                return report(item, token, name, in: path, names, &reporter)
            }
            guard let module = context.modules.interface(loadedFrom: path), module.isComplete,
                module.exports[name] == nil
            else { return }
            if let origin = module.loadedNames[name] {
                return reporter.report(
                    token.range,
                    "'\(module.name.onOneLine)' loads '\(name)' itself, from '\(origin.onOneLine)', and loads are not passed on"
                )
            }
            if module.privateNames.contains("_" + name) {
                return reporter.report(
                    token.range, "'\(module.name.onOneLine)' defines no '\(name)', and keeps '_\(name)' to itself")
            }
            report(item, token, name, in: module.name, module.exports.keys.sorted(), &reporter)
        })
}

/// A list of more says less than none.
private let maximumNames = 8

private func report(
    _ item: LoadItem, _ token: SyntaxToken, _ name: String, in file: String, _ names: [String],
    _ reporter: inout Rule.Reporter
) {
    let problem = "'\(file.onOneLine)' defines no '\(name.onOneLine)'"
    guard let nearest = nearestName(to: name, among: names) else {
        let list =
            names.isEmpty
            ? ", and nothing else to load"
            : names.count <= maximumNames ? "; it has \(names.joined(separator: ", "))" : ""
        return reporter.report(token.range, problem + list)
    }
    // The file goes on to use the name that it has.
    let replacement = item.alias == nil ? "\(name)=\(quoted(nearest))" : quoted(nearest)
    let isName = !name.isEmpty && name.utf8.allSatisfy { $0 == UInt8(ascii: "_") || $0.isLetterOrDigit }
    let fix = Fix("Load '\(nearest)'", replace: token.range, with: replacement)
    let violation = Rule.Violation(
        range: token.range, message: "\(problem); did you mean '\(nearest)'?",
        fixes: item.alias != nil || isName ? [fix] : [])
    reporter.report(violation)
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
    }
}
