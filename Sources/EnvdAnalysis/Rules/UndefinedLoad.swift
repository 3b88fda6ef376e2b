import EnvdLanguage
import EnvdSyntax

extension Rule {
    /// A `load` of a name that the file does not define.
    static let undefinedLoad = Rule(
        "undefined-load", .names, .error, page: PackageResources.undefined_load_md,
        .program { context, reporter in
            var guesses = maximumGuesses
            for (load, _) in context.loads {
                for item in load.loadItems { look(at: item, of: load, context, &reporter, &guesses) }
            }
        })
}

/// Looking for the nearest name takes time in proportion to all that the file defines.
private let maximumGuesses = 100

private func look(
    at item: LoadItem, of load: LoadStmt, _ context: RuleContext, _ reporter: inout Rule.Reporter, _ guesses: inout Int
) {
    guard let token = item.name, let name = item.loadedName,
        // A rule of its own says that private names cannot be loaded.
        !name.hasPrefix("_"), let path = load.path
    else { return }
    if case .prelude = LoadPath(path) {
        let names = TypeEnvironment.envd.library(path)?.keys.sorted() ?? []
        if !names.contains(name) { report(item, token, name, in: path, names, &reporter, &guesses) }
        return
    }
    guard let module = context.modules.interface(loadedFrom: path), module.isComplete, module.exports[name] == nil
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
    let names = guesses > 0 ? module.exports.keys.sorted() : []
    report(item, token, name, in: module.name, names, &reporter, &guesses)
}

/// A list of more says less than none.
private let maximumNames = 8

private func report(
    _ item: LoadItem, _ token: SyntaxToken, _ name: String, in file: String, _ names: [String],
    _ reporter: inout Rule.Reporter, _ guesses: inout Int
) {
    guesses -= 1
    let problem = "'\(file.onOneLine)' defines no '\(name.onOneLine)'"
    guard guesses >= 0, let nearest = nearestName(to: name, among: names) else {
        let list =
            guesses < 0
            ? ""
            : names.isEmpty
                ? ", and nothing else to load"
                : names.count <= maximumNames ? "; it has \(names.joined(separator: ", "))" : ""
        return reporter.report(token.range, problem + list)
    }
    // The file goes on to use the name that it has.
    let replacement = item.alias == nil ? "\(name)=\(quoted(nearest))" : quoted(nearest)
    let isName =
        name.allSatisfy { $0 == "_" || $0.isLetter || $0.isNumber } && name.first?.isNumber == false
        && !SourceFile("\(name) = 1\n").hasDiagnostics
    let fix = Fix("Load '\(nearest)'", replace: token.range, with: replacement)
    let violation = Rule.Violation(
        range: token.range, message: "\(problem); did you mean '\(nearest)'?",
        fixes: item.alias != nil || isName ? [fix] : [])
    reporter.report(violation)
}
