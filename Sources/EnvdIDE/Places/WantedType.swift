import EnvdAnalysis
import EnvdSyntax

extension FileAnalysis {
    /// The type of a value that can stand at a place where an expression begins; nil if that is not known. The place may be empty.
    func wantedType(at place: CursorPlace) -> Type? {
        guard let node = place.previous?.parent, let semantics = checked.semantics(at: node.range.lowerBound) else {
            return nil
        }
        return wantedType(within: node, at: place.word.lowerBound, semantics)
    }

    /// - Parameter start: the node of the token before the place.
    func wantedType(within start: SyntaxNode, at offset: Int, _ semantics: ChunkSemantics) -> Type? {
        var parts: [TypePart] = []
        var next: SyntaxNode? = start
        while let node = next {
            next = node.parent
            switch node.kind {
            case .listExpr, .setExpr: parts.append(.element)
            case .dictEntry:
                let colon = node.firstToken(of: .colon)
                parts.append(colon.map { $0.range.upperBound <= offset } ?? false ? .value : .key)
                // The dict itself is the next, and adds no part.
                next = node.parent?.parent
            case .dictExpr: parts.append(.key)
            case .parenExpr, .errorExpr, .unpackArgument: break
            case .keywordArgument:
                guard let list = node.parent.flatMap(ArgumentList.init) else { return nil }
                return argumentType(list, offset, semantics)?.part(parts)
            case .argumentList:
                return ArgumentList(node).flatMap { argumentType($0, offset, semantics) }?.part(parts)
            case .binaryExpr:
                guard let binary = BinaryExpr(node), let op = binary.op else { return nil }
                switch op.kind {
                case .plus, .orKeyword, .andKeyword: break
                case .equalEqual, .notEqual:
                    guard op.range.upperBound <= offset else { return nil }
                    return binary.left.map { semantics.type(of: $0) }?.part(parts)
                case .inKeyword:
                    guard let right = binary.right, op.range.lowerBound >= offset else { return nil }
                    return semantics.type(of: right).element?.part(parts)
                default: return nil
                }
            case .conditionalExpr:
                guard let conditional = ConditionalExpr(node) else { return nil }
                if let condition = conditional.condition, condition.range.lowerBound <= offset,
                    offset <= condition.range.upperBound
                {
                    return nil
                }
            case .indexExpr:
                guard let base = IndexExpr(node)?.base else { return nil }
                for member in semantics.type(of: base).members {
                    if case .dict(let key, _) = member { return key.part(parts) }
                }
                return nil
            default:
                // Such as the value of an assignment with an annotation.
                return nil
            }
        }
        return nil
    }

    private func argumentType(_ list: ArgumentList, _ offset: Int, _ semantics: ChunkSemantics) -> Type? {
        guard let place = ArgumentPlace(list, at: offset) else { return nil }
        let types = semantics.functions(calledBy: place.call).compactMap { function in
            place.parameter(of: function).map { function.parameters[$0].type }
        }
        guard !types.isEmpty else { return nil }
        let type = Type.oneOf(types)
        return type == .unknown ? nil : type
    }
}

/// A step from a type into what it holds.
enum TypePart {
    case element, key, value
}

extension Type {
    /// What is found by some steps, the innermost first; nil if there is no such part.
    fileprivate func part(_ parts: [TypePart]) -> Type? {
        var type = self
        for part in parts.reversed() {
            let found = type.members.compactMap { member -> Type? in
                switch (member, part) {
                case (.list(let element), .element), (.set(let element), .element), (.iterable(let element), .element),
                    (.homogeneousTuple(let element), .element):
                    return element
                case (.dict(let key, _), .key): return key
                case (.dict(_, let value), .value): return value
                default: return nil
                }
            }
            guard !found.isEmpty else { return nil }
            type = Type.oneOf(found)
        }
        return type == .unknown ? nil : type
    }
}
