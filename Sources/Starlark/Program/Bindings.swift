import EnvdSyntax

/// The names that statements assign in their own scope, that is, not inside nested functions and comprehensions.
enum Bindings {
    struct Binding {
        let name: String
        let node: SyntaxNode
        let isLoaded: Bool
    }

    /// In the order of the source; a name that is assigned several times appears several times.
    static func bindings(in statements: some Sequence<Stmt>) -> [Binding] {
        var bindings: [Binding] = []
        collect(statements, &bindings)
        return bindings
    }

    private static func collect(_ statements: some Sequence<Stmt>, _ bindings: inout [Binding]) {
        for statement in statements {
            switch statement {
            case .assign(let view):
                if let target = view.target { add(target, to: &bindings) }
            case .def(let view):
                if let name = view.name {
                    bindings.append(Binding(name: name.text, node: view.node, isLoaded: false))
                }
            case .for(let view):
                if let target = view.target { add(target, to: &bindings) }
                collect(view.suite, &bindings)
            case .while(let view):
                collect(view.suite, &bindings)
            case .if(let view):
                collect(view.suite, &bindings)
                for clause in view.elifClauses { collect(clause.suite, &bindings) }
                collect(view.elseClause?.suite, &bindings)
            case .load(let view):
                for item in view.loadItems {
                    if let name = item.boundName {
                        bindings.append(Binding(name: name, node: item.node, isLoaded: true))
                    }
                }
            case .expr, .return, .break, .continue, .pass, .foreign, .error:
                break
            }
        }
    }

    private static func collect(_ suite: Suite?, _ bindings: inout [Binding]) {
        if let suite { collect(suite.statements, &bindings) }
    }

    /// Adds the variables of an assignment's left side; elements and fields of values bind nothing.
    static func add(_ target: Expr, to bindings: inout [Binding]) {
        switch target {
        case .name(let view):
            if let name = view.name {
                bindings.append(Binding(name: name.text, node: view.node, isLoaded: false))
            }
        case .paren(let view):
            if let inner = view.inner { add(inner, to: &bindings) }
        case .tuple(let view):
            for element in view.elements { add(element, to: &bindings) }
        case .list(let view):
            for element in view.elements { add(element, to: &bindings) }
        default:
            break
        }
    }
}

extension LoadItem {
    /// The name in the other module.
    var loadedName: String? {
        guard let token = name else { return nil }
        return StringLiteral.value(of: Array(token.text.utf8)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The name that the value gets in this file.
    var boundName: String? { alias?.text ?? loadedName }
}
