import EnvdAnalysis
import EnvdLanguage
import EnvdSyntax

/// What there is to say about a name, wherever it is shown: on hover, beside a list of completions.
package struct NameDescription: Sendable, Hashable {
    /// The header in the language: `def tools(name: str) -> None`, `version: str`.
    package var header: String
    /// Markdown; empty if there is none.
    package var documentation: String
    /// Where it comes from, as a phrase: "envd's API", "`lib/tools.envd`"; empty if that is plain to see.
    package var origin: String
}

extension FileAnalysis {
    /// What a name stands for, described.
    ///
    /// - Parameter type: of the value at the place that is looked at; nil if that is to be found.
    func description(of meaning: Meaning, type: Type? = nil) -> NameDescription? {
        switch meaning {
        case .local(let local):
            let known =
                type
                ?? local.occurrences.first.flatMap { occurrence in
                    checked.semantics(at: occurrence.range.lowerBound)?.type(ofNameBoundAt: occurrence.range.lowerBound)
                }
            let isParameter = local.occurrences.first?.isParameter == true
            return describe(
                local.name, known ?? .unknown, target: targets(of: meaning).last,
                documentation: isParameter ? parameterDocumentation(of: local) : "",
                origin: isParameter ? "parameter" : "")
        case .global(let name):
            let target = targets(of: meaning).first
            return describe(
                name, type ?? checked.type(ofGlobal: name), target: target, origin: target.map(origin) ?? "")
        case .builtin(let name):
            if PreludeFile.modules.contains(name) {
                let text = target(ofModule: name).flatMap { source(of: $0.file) }.flatMap(moduleDocumentation) ?? ""
                return NameDescription(header: "module \(name)", documentation: text, origin: "envd's API")
            }
            let known = TypeEnvironment.envd.type(ofName: name)
            let isAPI = checked.nameEnvironment.predeclared.contains(name)
            return describe(
                name, known == .unknown ? type ?? .unknown : known, target: targets(of: meaning).first,
                documentation: ConstantDocumentation.text(of: name), origin: isAPI ? "envd's API" : "Starlark")
        case .moduleMember(let name, let module):
            let known = TypeEnvironment.envd.members(ofModule: module)[name] ?? .unknown
            return describe(
                "\(module).\(name)", known == .unknown ? type ?? .unknown : known, target: targets(of: meaning).first,
                origin: module == "llb" ? "the build graph" : "envd's API")
        case .hostMember(let name, let host):
            let known = TypeEnvironment.envd.members(ofHostType: host)[name] ?? .unknown
            return describe(
                "\(host).\(name)", known == .unknown ? type ?? .unknown : known, target: targets(of: meaning).first,
                origin: "the build graph")
        case .method(let name, let table):
            guard var function = TypeEnvironment.envd.method(name, table: table) else { return nil }
            if !function.parameters.isEmpty { function.parameters.removeFirst() }
            if case .function? = type, let type {
                return describe("\(table).\(name)", type, target: targets(of: meaning).first, origin: "Starlark")
            }
            return describe(
                "\(table).\(name)", .function(function), target: targets(of: meaning).first, origin: "Starlark")
        case .includedMember(let name, let repository):
            guard case .known(let interface)? = checked.loadedModules.includes[repository],
                let export = interface.exports[name]
            else { return nil }
            return describe(name, export.type, target: targets(of: meaning).first, origin: "`\(repository)`")
        case .loaded(let name, let path):
            return descriptionOfExport(name, path, type)
        case .parameter(let name, let function):
            return descriptionOfParameter(name, of: function)
        case .field(let name):
            return type.map { describe(name, $0, target: nil, origin: "field") }
        case .module(let path):
            return descriptionOfModule(path)
        }
    }

    private func describe(
        _ name: String, _ type: Type, target: Target?, documentation: String = "", origin: String
    ) -> NameDescription {
        guard case .function(let function) = type, isDefinition(target) || target == nil else {
            return NameDescription(header: header(name, type), documentation: documentation, origin: origin)
        }
        let definition = target.flatMap(definition)
        let signature = Signature(function, prefix: "def \(name)", defaults: Signature.defaults(of: definition))
        let text = function.documentation.isEmpty ? definition.flatMap(Docstring.text) ?? "" : function.documentation
        return NameDescription(
            header: signature.wrapped,
            documentation: documentation.isEmpty ? markdown(ofDocstring: text) : documentation,
            origin: origin)
    }

    /// `SIZE: int = 4` of a value that is known, else its type.
    private func header(_ name: String, _ type: Type) -> String {
        switch type {
        case .unknown: name
        case .literal(let literal):
            "\(literal)" == name || "\(literal)".count > 60
                ? "\(name): \(type.widened)" : "\(name): \(type.widened) = \(literal)"
        default: "\(name): \(type)"
        }
    }

    private func isDefinition(_ target: Target?) -> Bool { target.flatMap(definition) != nil }

    /// The function that a target is.
    func definition(_ target: Target) -> DefStmt? {
        source(of: target.file)?.token(at: target.nameRange.lowerBound)?.parent.flatMap(DefStmt.init)
    }

    // MARK: - Parameters

    /// The function that a meaning is, as the checker knows it, and where it is defined.
    func function(of meaning: Meaning) -> (type: FunctionType?, definition: DefStmt?) {
        let definition = targets(of: meaning).first.flatMap(self.definition)
        let type: Type =
            switch meaning {
            case .global(let name): checked.type(ofGlobal: name)
            case .builtin(let name): TypeEnvironment.envd.type(ofName: name)
            case .moduleMember(let name, let module): TypeEnvironment.envd.members(ofModule: module)[name] ?? .unknown
            case .hostMember(let name, let host): TypeEnvironment.envd.members(ofHostType: host)[name] ?? .unknown
            case .method(let name, let table):
                TypeEnvironment.envd.method(name, table: table).map { .function($0) } ?? .unknown
            case .local(let local):
                local.occurrences.first.flatMap { occurrence in
                    checked.semantics(at: occurrence.range.lowerBound)?.type(ofNameBoundAt: occurrence.range.lowerBound)
                } ?? .unknown
            default: .unknown
            }
        if case .function(let function) = type { return (function, definition) }
        return (nil, definition)
    }

    private func descriptionOfParameter(_ name: String, of meaning: Meaning) -> NameDescription? {
        let (type, definition) = function(of: meaning)
        guard let type, let parameter = type.parameters.first(where: { $0.name == name }) else { return nil }
        return NameDescription(
            header: Signature.text(parameter, default: Signature.defaults(of: definition)[name]),
            documentation: parameter.documentation,
            origin: type.name.isEmpty ? "parameter" : "parameter of `\(type.name)`")
    }

    /// What the docstring of a function says of its parameter.
    private func parameterDocumentation(of local: LocalName) -> String {
        guard let place = local.occurrences.first?.range.lowerBound,
            let list = file.token(at: place)?.parent?.parent, let definition = list.parent.flatMap(DefStmt.init),
            let text = Docstring.text(of: definition)
        else { return "" }
        return Docstring.descriptions(in: text)[local.name] ?? ""
    }

    // MARK: - Files

    private func descriptionOfExport(_ name: String, _ path: String, _ type: Type?) -> NameDescription? {
        let target = targets(of: .loaded(name, path: path)).first
        if let known = TypeEnvironment.envd.exports(ofLibrary: path)[name] {
            return describe(name, known, target: target, origin: "`\(path)`")
        }
        guard
            let export = checked.loadedModules.interface(loadedFrom: path)?.exports[name]
                ?? project?.graph.exports(ofLoad: path, at: place).first(where: { $0.name == name })
        else { return nil }
        return describe(name, export.type, target: target, origin: "`\(path)`")
    }

    private func descriptionOfModule(_ path: String) -> NameDescription? {
        guard let target = targets(of: .module(path: path)).first, let source = source(of: target.file) else {
            return nil
        }
        let names: [String] =
            TypeEnvironment.envd.exports(ofLibrary: path).keys.sorted()
            + (project?.graph.exports(ofLoad: path, at: place).map(\.name) ?? [])
        var text = moduleDocumentation(of: source)
        if !names.isEmpty {
            text += (text.isEmpty ? "" : "\n\n") + "Gives " + names.prefix(20).map { "`\($0)`" }.joined(separator: ", ")
            text += names.count > 20 ? " and \(names.count - 20) more" : ""
        }
        return NameDescription(header: "\"\(path)\"", documentation: text, origin: "file")
    }

    private func target(ofModule name: String) -> Target? { targets(of: .builtin(name)).first }

    /// The docstring of a file.
    private func moduleDocumentation(of source: SourceFile) -> String {
        guard let first = source.chunk(at: 0).chunk.statements(at: 0).first, let statement = ExprStmt(first),
            case .literal(let literal)? = statement.value, let token = literal.token, token.kind == .string,
            let bytes = StringLiteral.value(of: token)
        else { return "" }
        return markdown(ofDocstring: String(decoding: bytes, as: UTF8.self))
    }

    private func origin(of target: Target) -> String {
        switch target.file {
        case .module(let id): "`\(id.name)`"
        case .prelude(let name): "`\(name)`"
        case .current, .stubs: ""
        }
    }
}

extension Signature {
    /// The label, with a line for each parameter if it is long.
    var wrapped: String {
        guard label.utf8.count > 88, let first = parameterRanges.first, let last = parameterRanges.last else {
            return label
        }
        let bytes = Array(label.utf8)
        var lines = [String(decoding: bytes[..<first.lowerBound], as: UTF8.self)]
        var start = first.lowerBound
        for (index, range) in parameterRanges.enumerated() {
            let end = index + 1 < parameterRanges.count ? parameterRanges[index + 1].lowerBound : last.upperBound
            // What stands between two parameters, such as `*`, belongs to the line of the one before.
            var line = String(decoding: bytes[start..<max(range.upperBound, end)], as: UTF8.self)
            while line.last == " " || line.last == "," { line.removeLast() }
            lines.append("    \(line),")
            start = end
        }
        var rest = String(decoding: bytes[last.upperBound...], as: UTF8.self)
        if rest.hasPrefix(", /") {
            lines.append("    /,")
            rest.removeFirst(3)
        }
        return lines.joined(separator: "\n") + "\n" + rest
    }
}

/// What the three constants of the language are, which no declaration has.
private enum ConstantDocumentation {
    static func text(of name: String) -> String {
        switch name {
        case "None": "The value that stands for no value."
        case "True": "The value of what holds."
        case "False": "The value of what does not hold."
        case "_build_context_dir": "The path of the folder that the program runs in."
        default: ""
        }
    }
}

extension FileAnalysis {
    /// What there is to read about a name, in Markdown; nil if it means nothing any more.
    package func documentation(of meaning: Meaning) -> String? {
        guard let found = description(of: meaning) else { return nil }
        let code = "```python\n\(found.header)\n```"
        return found.documentation.isEmpty ? code : "\(code)\n\n\(found.documentation)"
    }
}
