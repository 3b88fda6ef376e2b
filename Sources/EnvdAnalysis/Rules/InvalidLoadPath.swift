import EnvdLanguage
import EnvdSyntax

extension Rule {
    /// A `load` of something that can be no file.
    static let invalidLoadPath = Rule(
        "invalid-load-path", .starlark, .error, page: PackageResources.invalid_load_path_md,
        .nodes([.loadStmt]) { node, _, reporter in
            guard let load = LoadStmt(node), let module = load.module, let path = load.path,
                case .invalid(let problem) = LoadPath(path)
            else { return }
            reporter.report(
                module.range, "'\(path.onOneLine)' cannot be loaded: \(problem)", fixes(path, problem, module))
        })
}

private func fixes(_ path: String, _ problem: LoadPath.Problem, _ module: SyntaxToken) -> [Fix] {
    let (slash, colon) = (UInt8(ascii: "/"), UInt8(ascii: ":"))
    let rest = String(decoding: path.utf8.drop { $0 == slash }.map { $0 == colon ? slash : $0 }, as: UTF8.self)
    guard problem == .label, case .file = LoadPath(rest) else { return [] }
    return [Fix("Load '\(rest.onOneLine)'", replace: module.range, with: quoted(rest))]
}

extension Rule.Reporter {
    fileprivate mutating func report(_ range: Range<Int>, _ message: String, _ fixes: [Fix]) {
        report(Rule.Violation(range: range, message: message, fixes: fixes))
    }
}
