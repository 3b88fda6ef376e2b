import EnvdSyntax

/// A path of the project that a call names.
struct ProjectPath {
    let parameter: String
    let text: String
    let range: Range<Int>

    /// The path as seen from the project's directory: that is what a leading slash stands for in `io.copy`.
    var relative: String {
        parameter == "source" ? String(text.drop { $0 == "/" }) : text
    }

    /// Whether it looks like a pattern, which is the business of `copy-pattern`.
    var isPattern: Bool {
        parameter == "source" && (text.contains("*") || text.contains("?"))
    }

    /// Whether it stays in the project, as far as its words say.
    var isInside: Bool {
        guard !text.hasPrefix("/") || parameter == "source" else { return false }
        var depth = 0
        for part in text.split(separator: "/") where part != "." {
            depth += part == ".." ? -1 : 1
            if depth < 0 { return false }
        }
        return true
    }
}

extension ProjectPath {
    /// The parameters of a function that take paths of the project; nil if it has none.
    fileprivate static func parameters(of function: String) -> [String]? {
        switch function {
        case "install.python_packages": ["requirements", "local_wheels"]
        case "install.conda_packages": ["env_file"]
        case "io.copy": ["source"]
        default: nil
        }
    }

    /// Whether a function of the API takes paths of the project.
    static func isFunction(_ name: String) -> Bool { parameters(of: name) != nil }
}

extension RuleContext {
    /// The paths of the project among the arguments of a call, as far as they are known. What is copied from another image is no
    /// such path.
    func projectPaths(of call: APICall) -> [ProjectPath] {
        if call.name == "io.copy" {
            let image = constant("image", of: call)?.text
            guard !call.isOpen, call.argument("image") == nil || image?.isEmpty == true else { return [] }
        }
        return (ProjectPath.parameters(of: call.name) ?? []).flatMap { parameter in
            (constant(parameter, of: call)?.texts ?? []).compactMap { text, range in
                text.isEmpty && parameter != "source"
                    ? nil : ProjectPath(parameter: parameter, text: text, range: range)
            }
        }
    }

    /// The function of the API that an expression names; nil if it is anything else.
    func function(_ expression: Expr) -> APIFunction? {
        switch expression {
        case .name(let name):
            guard let use = use(at: name.range), use.binding == nil,
                environment.predeclared.contains(names.name(of: use))
            else {
                return nil
            }
            return APIReference.v1.functions[names.name(of: use)]
        case .dot(let dot):
            guard let base = dot.base, case .name = base, let use = use(at: base.range), use.binding == nil,
                environment.modules[names.name(of: use)] != nil, let name = dot.name
            else { return nil }
            return APIReference.v1.functions["\(names.name(of: use)).\(name.text)"]
        default: return nil
        }
    }
}

/// The lines of a requirements file as envd reads them, without comments; nil if the file cannot be read.
func requirementLines(_ path: String, _ project: ProjectView) -> [Substring]? {
    guard let bytes = project.content(path) else { return nil }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { line in
        let line = line.drop { $0 == " " || $0 == "\t" }
        return Substring(line.last == "\r" ? line.dropLast() : line)
    }.filter { !$0.hasPrefix("#") }
}
