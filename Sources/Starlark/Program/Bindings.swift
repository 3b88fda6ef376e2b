import EnvdSyntax

/// The names that statements assign in their own scope, that is, not inside nested functions and comprehensions.
enum Bindings {
    /// - Parameter loaded: receives the names that `load` statements bring in.
    static func names(in statements: [Stmt], loaded: inout [String]) -> [String] {
        var names: [String] = []
        collect(statements, &names, &loaded)
        return names
    }

    private static func collect(_ statements: some Sequence<Stmt>, _ names: inout [String], _ loaded: inout [String]) {
        for statement in statements {
            switch statement {
            case .assign(let view):
                if let target = view.target { add(target, to: &names) }
            case .def(let view):
                if let name = view.name { names.append(name.text) }
            case .for(let view):
                if let target = view.target { add(target, to: &names) }
                collect(view.suite, &names, &loaded)
            case .while(let view):
                collect(view.suite, &names, &loaded)
            case .if(let view):
                collect(view.suite, &names, &loaded)
                for clause in view.elifClauses { collect(clause.suite, &names, &loaded) }
                collect(view.elseClause?.suite, &names, &loaded)
            case .load(let view):
                for item in view.loadItems {
                    if let name = item.boundName { loaded.append(name) }
                }
            case .expr, .return, .break, .continue, .pass, .foreign, .error:
                break
            }
        }
    }

    private static func collect(_ suite: Suite?, _ names: inout [String], _ loaded: inout [String]) {
        if let suite { collect(suite.statements, &names, &loaded) }
    }

    /// Adds the variables of an assignment's left side; elements and fields of values bind nothing.
    static func add(_ target: Expr, to names: inout [String]) {
        switch target {
        case .name(let view):
            if let name = view.name { names.append(name.text) }
        case .paren(let view):
            if let inner = view.inner { add(inner, to: &names) }
        case .tuple(let view):
            for element in view.elements { add(element, to: &names) }
        case .list(let view):
            for element in view.elements { add(element, to: &names) }
        default:
            break
        }
    }
}

extension LoadItem {
    /// The name in the other module.
    var loadedName: String? {
        guard let token = name else { return nil }
        return StringLiteral.value(of: Array(token.text.utf8)).map { ByteString($0).text }
    }

    /// The name that the value gets in this file.
    var boundName: String? { alias?.text ?? loadedName }
}
