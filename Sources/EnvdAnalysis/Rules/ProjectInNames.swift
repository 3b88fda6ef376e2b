import EnvdSyntax

extension Rule {
    /// Files of the project among the names of Python packages.
    static let projectInNames = Rule(
        "project-in-names", .files, .error, page: PackageResources.project_in_names_md,
        .calls { call, context, reporter in
            guard call.name == "install.python_packages" else { return }
            for (text, range) in context.constant("name", of: call)?.texts ?? [] {
                guard let advice = advice(on: text) else { continue }
                reporter.report(range, "the project is not there when pip installs names; \(advice)")
            }
        })
}

/// What to do with a name that means a file of the project; nil if it means none.
private func advice(on text: String) -> String? {
    let words = text.split(separator: " ")
    guard var path = words.first else { return nil }
    var option: Substring?
    for name in ["--requirement", "--constraint", "--editable", "-r", "-c", "-e"] where path.hasPrefix(name) {
        option = Substring(name)
        path = path.dropFirst(name.count)
        if path.first == "=" { path = path.dropFirst() }
        if path.isEmpty {
            guard words.count > 1 else { return nil }
            path = words[1]
        }
        break
    }
    if path.contains("://") || path.contains("@") { return nil }
    switch option {
    case "-r", "--requirement": return "say requirements=\"\(path)\""
    case .some: return "put the line into a file for requirements=…"
    case nil:
        guard path == "." || path.hasPrefix("./") || path.hasPrefix("../") || path.hasPrefix(".[") else { return nil }
        return path.hasSuffix(".whl") ? "say local_wheels=[\"\(path)\"]" : "put the line into a file for requirements=…"
    }
}
