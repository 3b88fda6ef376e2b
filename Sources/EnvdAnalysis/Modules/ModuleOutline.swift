import EnvdLanguage
import EnvdSyntax

/// What a file asks of other files, as far as it writes that out.
package struct ModuleOutline: Hashable, Sendable {
    /// The texts of its `load` statements, each once, in source order.
    package let loads: [String]
    /// The URLs of the repositories that it includes.
    package let includes: [String]

    /// Programs are written by people; one with more is none.
    private static let maximum = 1_000
    private static let calls = (0...UInt8.max).map { $0 == SyntaxKind.callExpr.rawValue }

    package init(_ file: SourceFile) {
        var loads: [String] = []
        var includes: [String] = []
        // Where the name may stand; few statements are looked at.
        var names = file.bytes.places(of: "include")[...]
        for statement in file.statements {
            if let load = LoadStmt(statement) {
                if let text = load.path, !loads.contains(text), loads.count < ModuleOutline.maximum {
                    loads.append(text)
                }
                continue
            }
            let range = statement.range
            names = names.drop { $0 < range.lowerBound }
            guard let place = names.first, place < range.upperBound else { continue }
            var nodes = statement.descendants
            while let node = nodes.next(ofKinds: ModuleOutline.calls) {
                guard let url = CallExpr(node)?.includedRepository, !includes.contains(url),
                    includes.count < ModuleOutline.maximum
                else { continue }
                includes.append(url)
            }
        }
        self.loads = loads
        self.includes = includes
    }
}

extension LoadStmt {
    /// The text that says what is loaded.
    package var path: String? {
        module.flatMap(StringLiteral.text)
    }
}

extension LoadItem {
    /// The name that the other file must define.
    package var loadedName: String? {
        name.flatMap(StringLiteral.text)
    }
}

extension CallExpr {
    /// The URL of a call that looks like `include("https://…")`, whatever its name means there.
    var includedRepository: String? {
        guard case .name(let name)? = callee, name.name?.isText("include") == true,
            let arguments = argumentList?.arguments.map({ $0 }), arguments.count == 1
        else { return nil }
        let value: Expr?
        switch arguments[0] {
        case .expr(let expression): value = expression
        case .keywordArgument(let keyword): value = keyword.name?.isText("git") == true ? keyword.value : nil
        case .unpackArgument: value = nil
        }
        guard case .literal(let literal)? = value, let token = literal.token, token.kind == .string else { return nil }
        return StringLiteral.text(of: token)
    }
}

extension [UInt8] {
    /// Where a text begins, in order.
    fileprivate func places(of text: StaticString) -> [Int] {
        withUnsafeBufferPointer { bytes in
            var places: [Int] = []
            var start = 0
            while let place = bytes.firstPlace(of: text, from: start) {
                places.append(place)
                start = place + 1
            }
            return places
        }
    }
}
