/// Writes the Swift that `EnvdSyntax` compiles. Plain text in, plain text out, the same text every time.
struct Writer {
    let grammar: Grammar
    static let notice = "// Made from Grammar/ by scripts/generate. Change the grammar, not this file.\n\n"

    // MARK: - SyntaxKind.swift

    func kinds() -> String {
        var out = Self.notice
        out += "/// What a token or a node is. Tokens come first, then nodes; `Grammar/` says what each is.\n"
        out +=
            "///\n/// Public so that other modules compare two of them in one instruction: those of a `package` enumeration they\n"
        out += "/// compare by a call through a witness table.\n"
        out += "public enum SyntaxKind: UInt8, Sendable, CaseIterable {\n"
        for token in grammar.tokens {
            out += "    /// \(token.text.map { "`\($0)`" } ?? "A token: \(token.description).")\n"
            out += "    case \(token.name)\n"
        }
        for node in grammar.nodes { out += "    case \(kindCase(node.name))\n" }
        out += "}\n\nextension SyntaxKind {\n"
        out += "    /// The raw value of the first node kind: all below it are tokens.\n"
        out += "    package static let firstNodeRawValue: UInt8 = \(grammar.tokens.count)\n\n"
        out += "    /// The text that every token of this kind has; nil where it varies.\n"
        out += "    package var fixedText: StaticString? {\n        switch self {\n"
        for token in grammar.tokens {
            if let text = token.text { out += "        case .\(token.name): \"\(text)\"\n" }
        }
        out += "        default: nil\n        }\n    }\n\n"
        out += "    /// What a message calls a token of this kind.\n"
        out += "    package var spelling: StaticString {\n        switch self {\n"
        for token in grammar.tokens { out += "        case .\(token.name): \"\(token.description)\"\n" }
        out += "        default: \"syntax\"\n        }\n    }\n}\n"
        return out
    }

    // MARK: - SyntaxViews.swift

    func views() -> String {
        var out = Self.notice
        for union in grammar.unions { out += view(ofUnion: union.name, members: union.members) }
        for node in grammar.nodes where node.name != "SourceFile" {
            out += view(of: node.name, elements: node.elements)
        }
        var listed: Set<String> = []
        for node in grammar.nodes where node.name != "SourceFile" {
            for element in node.elements where element.count == .many {
                if case .node(let type) = element.shape, listed.insert(type).inserted { out += list(of: type) }
            }
        }
        return out
    }

    private func view(ofUnion name: String, members: [String]) -> String {
        var out = "/// One of the nodes that the grammar lists for `\(name)`.\n"
        out += "package enum \(name): SyntaxView {\n"
        for member in members { out += "    case \(unionCase(member, in: name))(\(member))\n" }
        out += "\n    package init?(_ node: SyntaxNode) {\n        switch node.kind {\n"
        for member in members {
            let kinds = grammar.kinds(of: member).map { ".\(kindCase($0))" }
            out += wrap("        case ", kinds, ":")
            let make =
                grammar.kinds(of: member) == [member] ? "\(member)(unchecked: node)" : "\(member)(node)"
            if make.hasSuffix("(node)") {
                out += "            guard let view = \(make) else { return nil }\n"
                out += "            self = .\(unionCase(member, in: name))(view)\n"
            } else {
                out += "            self = .\(unionCase(member, in: name))(\(make))\n"
            }
        }
        out += "        default: return nil\n        }\n    }\n"
        out += "\n    package var node: SyntaxNode {\n        switch self {\n"
        for member in members { out += "        case .\(unionCase(member, in: name))(let view): view.node\n" }
        out += "        }\n    }\n"
        out += "\n    package static func accepts(_ kind: SyntaxKind) -> Bool {\n        switch kind {\n"
        out += wrap("        case ", grammar.kinds(of: name).map { ".\(kindCase($0))" }, ": true")
        out += "        default: false\n        }\n    }\n}\n\n"
        return out
    }

    private func view(of name: String, elements: [Grammar.Element]) -> String {
        var out = "package struct \(name): SyntaxView {\n    package let node: SyntaxNode\n\n"
        out += "    package init?(_ node: SyntaxNode) {\n"
        out += "        guard node.kind == .\(kindCase(name)) else { return nil }\n        self.node = node\n    }\n\n"
        out += "    init(unchecked node: SyntaxNode) { self.node = node }\n\n"
        out += "    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .\(kindCase(name)) }\n"
        var before: [String] = []
        var used: Set<String> = []
        for element in elements {
            switch element.shape {
            case .tokens(let kinds):
                let accessor = element.label ?? kinds[0]
                guard used.insert(accessor).inserted else { continue }
                if kinds.count == 1 {
                    out += "\n    package var \(accessor): SyntaxToken? { node.firstToken(of: .\(kinds[0])) }\n"
                } else {
                    out += "\n    package var \(accessor): SyntaxToken? {\n        node.firstToken { kind in\n"
                    out += "            switch kind {\n"
                    out += wrap("            case ", kinds.map { ".\($0)" }, ": true")
                    out += "            default: false\n            }\n        }\n    }\n"
                }
            case .node(let type):
                if element.count == .many {
                    let accessor = element.label ?? plural(type)
                    let mine = Set(grammar.kinds(of: type))
                    let skipped = before.filter { !mine.isDisjoint(with: grammar.kinds(of: $0)) }.count
                    let more = skipped > 0 ? ", skipping: \(skipped)" : ""
                    out += "\n    package var \(accessor): \(type)Children { \(type)Children(node\(more)) }\n"
                } else {
                    let accessor = element.label ?? lowerFirst(type)
                    let mine = Set(grammar.kinds(of: type))
                    let place = before.filter { !mine.isDisjoint(with: grammar.kinds(of: $0)) }.count
                    out += "\n    package var \(accessor): \(type)? { node.child(\(place)) }\n"
                    before.append(type)
                }
            }
        }
        return out + "}\n\n"
    }

    /// A type of its own for each kind of children: one generic type would be looked up at run time by other modules.
    private func list(of name: String) -> String {
        """
        /// The children of a node that are \(name), in source order.
        package struct \(name)Children: Sequence, IteratorProtocol, Sendable {
            private var base: SyntaxNodeChildren.Iterator

            init(_ node: SyntaxNode, skipping skipped: Int = 0) {
                base = node.children.makeIterator()
                for _ in 0..<skipped { _ = next() }
            }

            package mutating func next() -> \(name)? {
                while let place = base.nextPlace() {
                    guard \(name).accepts(base.kind(at: place)) else { continue }
                    if let view = \(name)(base.node(at: place)) { return view }
                }
                return nil
            }

            package var first: \(name)? {
                var iterator = self
                return iterator.next()
            }
        }


        """
    }

    // MARK: - Names

    private func kindCase(_ name: String) -> String { lowerFirst(name) }

    private func lowerFirst(_ name: String) -> String { name.prefix(1).lowercased() + name.dropFirst() }

    private func plural(_ type: String) -> String {
        switch type {
        case "Stmt": "statements"
        default: lowerFirst(type) + "s"
        }
    }

    /// `IfStmt` in `Stmt` is `.if`: the union's own suffix goes.
    private func unionCase(_ member: String, in union: String) -> String {
        var name = member
        for suffix in ["Stmt", "Expr"] where union.hasSuffix(suffix) && name.hasSuffix(suffix) && name != suffix {
            name = String(name.dropLast(suffix.count))
        }
        let reserved: Set<String> = [
            "if", "for", "while", "return", "break", "continue", "import", "class", "try", "await", "yield", "async",
        ]
        let lower = lowerFirst(name)
        return reserved.contains(lower) ? "`\(lower)`" : lower
    }

    /// A list over several lines where it is too long for one.
    private func wrap(_ head: String, _ items: [String], _ tail: String) -> String {
        let line = head + items.joined(separator: ", ") + tail
        if line.count <= 116 { return line + "\n" }
        let indent = String(repeating: " ", count: head.prefix { $0 == " " }.count + 4)
        var out = head.replacing(#/ +$/#, with: "") + "\n"
        var current = indent
        for (index, item) in items.enumerated() {
            let piece = item + (index + 1 < items.count ? "," : tail)
            if current.count + piece.count > 116 {
                out += current.replacing(#/ +$/#, with: "") + "\n"
                current = indent
            }
            current += piece + " "
        }
        return out + current.replacing(#/ +$/#, with: "") + "\n"
    }
}
