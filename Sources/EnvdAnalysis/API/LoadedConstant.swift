import EnvdSyntax

/// Values that stand in other files.
extension RuleContext {
    /// What a file says of a name that a `load` statement takes from it.
    ///
    /// - Parameter place: the name that the statement binds.
    func constant(loadedAt place: Range<Int>) -> Constant? {
        guard let item = file.node(covering: place).flatMap(LoadItem.init), let name = item.loadedName,
            let path = item.node.parent.flatMap(LoadStmt.init)?.path
        else { return nil }
        return modules.interface(loadedFrom: path)?.exports[name]?.value
    }

    /// What an included repository says of one of its names: `lib.IMAGE`.
    func constant(ofMember dot: DotExpr) -> Constant? {
        guard let name = dot.name, case .call(let call)? = origin(of: dot.base), let url = call.includedRepository,
            case .name(let callee)? = call.callee, let token = callee.name, isUnbound(token),
            case .known(let module)? = modules.includes[url]
        else { return nil }
        return module.exports[name.text]?.value?.moved(to: dot.range)
    }
}

extension Constant {
    /// The same value as something that is all written at one place.
    func moved(to range: Range<Int>) -> Constant {
        let value: Value =
            switch value {
            case .list(let elements): .list(elements.map { $0.moved(to: range) })
            case .tuple(let elements): .tuple(elements.map { $0.moved(to: range) })
            case .dict(let entries): .dict(entries.map { ($0.key.moved(to: range), $0.value.moved(to: range)) })
            default: value
            }
        return Constant(value: value, range: range)
    }

    /// What other files may know of the value: nothing of its place. Nil if nothing is known, or if it is so long that it is rather data
    /// than a setting.
    var exported: Constant? {
        if case .unknown = value { return nil }
        var (parts, bytes) = (1_000, 1 << 16)
        measure(&parts, &bytes)
        return parts >= 0 && bytes >= 0 ? moved(to: 0..<0) : nil
    }

    private func measure(_ parts: inout Int, _ bytes: inout Int) {
        parts -= 1
        switch value {
        case .text(let text): bytes -= text.utf8.count
        case .list(let elements), .tuple(let elements): for element in elements { element.measure(&parts, &bytes) }
        case .dict(let entries):
            for entry in entries {
                entry.key.measure(&parts, &bytes)
                entry.value.measure(&parts, &bytes)
            }
        case .integer, .truth, .none, .unknown: break
        }
    }
}
