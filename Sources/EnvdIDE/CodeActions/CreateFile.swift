import EnvdAnalysis
import EnvdLanguage
import EnvdSyntax

// Makes a file that the program names and the project does not have.

let createFile = CodeActionProvider(name: "create-file", kind: .quickFix) { place in
    guard let project = place.analysis.project else { return [] }
    if let node = place.enclosing({ $0 == .loadStmt }), let load = LoadStmt(node), let path = load.path,
        case .missing? = place.analysis.checked.loadedModules.loads[path], case .file(let relative) = LoadPath(path),
        let absolute = absolutePath(relative, project), relative.hasSuffix(".envd")
    {
        let findings = place.findings.filter { $0.code == "missing-load-file" }
        return [
            place.offer("create-file:\(path)", "Create '\(path)'", .quickFix, findings: findings) {
                var edit = ProjectEdit()
                edit.newFiles = [ProjectEdit.NewFile(path: absolute, text: definitions(of: load, place.analysis))]
                return edit
            }
        ]
    }
    // A file of requirements may be empty.
    guard let token = place.touchedToken ?? place.file.token(at: place.range.lowerBound), token.kind == .string,
        let bytes = StringLiteral.value(of: token),
        let keyword = token.parent?.parent.flatMap(KeywordArgument.init),
        keyword.name?.text == "requirements"
    else { return [] }
    let path = String(decoding: bytes, as: UTF8.self)
    guard project.view.status(path) == .missing, let absolute = absolutePath(path, project), !path.hasSuffix("/") else {
        return []
    }
    let findings = place.findings.filter { $0.code == "missing-file" && $0.range.overlaps(token.range) }
    guard !findings.isEmpty else { return [] }
    return [
        place.offer("create-file:\(path)", "Create '\(path)'", .quickFix, findings: findings) {
            var edit = ProjectEdit()
            edit.newFiles = [ProjectEdit.NewFile(path: absolute, text: "")]
            return edit
        }
    ]
}

/// Where a file of the project is; nil of paths that leave it.
private func absolutePath(_ path: String, _ project: Project) -> String? {
    let parts = path.split(separator: "/").filter { $0 != "." }
    guard !path.hasPrefix("/"), !parts.isEmpty, !parts.contains(".."),
        path.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
    else { return nil }
    return project.root + "/" + parts.joined(separator: "/")
}

/// A file that has what a `load` statement takes: a function where the name is called, or else a variable.
private func definitions(of load: LoadStmt, _ analysis: FileAnalysis) -> String {
    var functions: [String] = []
    var variables: [String] = []
    for item in load.loadItems {
        guard let name = item.loadedName, isName(name), !(functions + variables).contains(name) else { continue }
        let uses = analysis.checked.uses(ofGlobal: item.alias?.text ?? name)
        let calls = uses.compactMap { use in analysis.file.token(at: use.lowerBound).flatMap { analysis.call(of: $0) } }
        if calls.isEmpty { variables.append(name) } else { functions.append(name) }
    }
    let assignments = variables.map { "\($0) = None\n" }.joined()
    let definitions = functions.map { "def \($0)():\n    pass\n" }
    return ([assignments] + definitions).filter { !$0.isEmpty }.joined(separator: "\n\n")
}

private func isName(_ text: String) -> Bool {
    do throws(RenameRefusal) {
        try checkNewName(text, nil)
        return true
    } catch {
        return false
    }
}
