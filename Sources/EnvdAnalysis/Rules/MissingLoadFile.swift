import EnvdSyntax

extension Rule {
    /// A `load` of a file that the project does not have.
    static let missingLoadFile = Rule(
        "missing-load-file", .files, .error, page: PackageResources.missing_load_file_md,
        .nodes([.loadStmt]) { node, context, reporter in
            guard let load = LoadStmt(node), let module = load.module, let path = load.path else { return }
            switch context.modules.loads[path] {
            case .folder:
                reporter.report(module.range, "'\(path.onOneLine)' is a folder; only files can be loaded")
            case .missing(let missing):
                let problem = "there is no '\(path.onOneLine)' in the project"
                guard let guess = missing.guess else { return reporter.report(module.range, problem) }
                let hint =
                    switch guess {
                    case .beside: ", where paths of loads begin; write '\(guess.path.onOneLine)'"
                    case .ending, .elsewhere, .similar: "; did you mean '\(guess.path.onOneLine)'?"
                    }
                guard guess.path == guess.path.onOneLine else { return reporter.report(module.range, problem + hint) }
                let fix = Fix("Load '\(guess.path.onOneLine)'", replace: module.range, with: quoted(guess.path))
                reporter.report(module.range, problem + hint, fix)
            default: return
            }
        })
}

/// A path as a string literal.
func quoted(_ path: String) -> String {
    guard path.utf8.contains(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) else {
        return "\"\(path)\""
    }
    return "\"" + path.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
}
