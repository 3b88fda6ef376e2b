extension Type {
    /// Finds out what the variables of a parameter's type stand for when this is the argument's.
    func match(_ parameter: Type, into solution: inout [String: Type], depth: Int = 0) {
        guard depth < Type.maximumDepth else { return }
        switch (self, parameter) {
        case (_, .variable(let name)):
            let type = widened
            solution[name] = solution[name].map { $0.or(type) } ?? type
        case (.unknown, _): return
        case (.list(let a), .list(let b)), (.set(let a), .set(let b)),
            (.homogeneousTuple(let a), .homogeneousTuple(let b)):
            a.match(b, into: &solution, depth: depth + 1)
        case (.dict(let ak, let av), .dict(let bk, let bv)):
            ak.match(bk, into: &solution, depth: depth + 1)
            av.match(bv, into: &solution, depth: depth + 1)
        case (.tuple(let a), .tuple(let b)) where a.count == b.count:
            for (x, y) in zip(a, b) { x.match(y, into: &solution, depth: depth + 1) }
        case (_, .iterable(let wanted)):
            if let element { element.match(wanted, into: &solution, depth: depth + 1) }
        case (_, .union(let members)):
            for member in members { match(member, into: &solution, depth: depth + 1) }
        default: return
        }
    }

    /// The type with what its variables stand for; those that nothing was found of are unknown.
    func replacing(_ solution: [String: Type]) -> Type {
        switch self {
        case .variable(let name): solution[name] ?? .unknown
        case .list(let element): .list(element.replacing(solution))
        case .set(let element): .set(element.replacing(solution))
        case .iterable(let element): .iterable(element.replacing(solution))
        case .homogeneousTuple(let element): .homogeneousTuple(element.replacing(solution))
        case .dict(let key, let value): .dict(key.replacing(solution), value.replacing(solution))
        case .tuple(let elements): .tuple(elements.map { $0.replacing(solution) })
        case .union(let members): Type.oneOf(members.map { $0.replacing(solution) })
        default: self
        }
    }

    /// The type with what some variables stand for; the others stay.
    fileprivate func replacingSome(_ solution: [String: Type]) -> Type {
        if case .variable(let name) = self { return solution[name] ?? self }
        switch self {
        case .list(let element): return .list(element.replacingSome(solution))
        case .set(let element): return .set(element.replacingSome(solution))
        case .iterable(let element): return .iterable(element.replacingSome(solution))
        case .homogeneousTuple(let element): return .homogeneousTuple(element.replacingSome(solution))
        case .dict(let key, let value): return .dict(key.replacingSome(solution), value.replacingSome(solution))
        case .tuple(let elements): return .tuple(elements.map { $0.replacingSome(solution) })
        case .union(let members): return Type.oneOf(members.map { $0.replacingSome(solution) })
        default: return self
        }
    }
}

extension FunctionType {
    /// A method of a receiver of which this is known.
    func replacing(_ solution: [String: Type]) -> FunctionType {
        guard !solution.isEmpty else { return self }
        var function = self
        for index in function.parameters.indices {
            function.parameters[index].type = function.parameters[index].type.replacingSome(solution)
        }
        if case .known(let type) = result { function.result = .known(type.replacingSome(solution)) }
        return function
    }
}
