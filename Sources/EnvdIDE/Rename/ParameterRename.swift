import EnvdAnalysis
import EnvdSyntax

// Parameters are named where a function is called. Not every call shows which function it calls.

extension FileAnalysis {
    /// Refuses to rename a parameter if some call might name it that cannot be seen.
    ///
    /// - Parameter found: the places that name it.
    func checkCalls(
        ofFunctionWith found: [Reference], _ name: String, _ newName: String, _ isCancelled: () -> Bool
    ) throws(RenameRefusal) {
        guard
            let definition = found.first(where: { reference in
                reference.role == .write && parameterOwner(reference) != nil
            }), let owner = parameterOwner(definition)
        else {
            throw RenameRefusal("nobody knows which function has '\(name)'")
        }
        let takesAnyKeyword =
            owner.parameters?.parameters.contains { $0.prefix?.kind == .starStar } ?? false
        guard let nameToken = owner.name else {
            // A lambda is a value from the start.
            return try checkUncertainCalls(name, newName, isCancelled)
        }
        let calls = functionReferences(nameToken, definition.file, isCancelled)
        var isValue = false
        for reference in calls where reference.role == .read {
            guard let token = source(of: reference.file)?.token(at: reference.range.lowerBound) else { continue }
            guard let call = call(of: token) else {
                isValue = true
                continue
            }
            for argument in call.argumentList?.arguments.map({ $0 }) ?? [] {
                switch argument {
                case .keywordArgument(let keyword):
                    if takesAnyKeyword, keyword.name?.text == newName {
                        throw RenameRefusal("a call gives '\(newName)' already")
                    }
                case .unpackArgument(let unpack) where unpack.op?.kind == .starStar:
                    throw RenameRefusal("a call takes its arguments from a dict, which may name '\(name)'")
                default: break
                }
            }
        }
        if isValue { try checkUncertainCalls(name, newName, isCancelled) }
    }

    private func functionReferences(
        _ token: SyntaxToken, _ target: TargetFile, _ isCancelled: () -> Bool
    ) -> [Reference] {
        switch target {
        case .current:
            guard let meaning = checked.semantics(at: token.range.lowerBound)?.meaning(of: token) else { return [] }
            return references(to: meaning, isCancelled: isCancelled)
        case .module(let id):
            // As the file that defines the function would see it.
            let other = FileAnalysis(
                source(of: target) ?? SourceFile(""),
                FileSurroundings(project: project, place: ModulePlace(id, isTest: isTestFile(target)), rules: []))
            return other.references(at: token.range.lowerBound, isCancelled: isCancelled).map { reference in
                var file = reference.file
                if file == .current { file = target }
                if case .module(let id) = file, id.path == place.id?.path { file = .current }
                return Reference(
                    file: file, range: reference.range, role: reference.role, isOwnName: reference.isOwnName)
            }
        default: return []
        }
    }

    /// The function that a place which names a parameter defines it of.
    private func parameterOwner(_ reference: Reference) -> (name: SyntaxToken?, parameters: ParameterList?)? {
        guard let parameter = source(of: reference.file)?.token(at: reference.range.lowerBound)?.parent,
            parameter.kind == .parameter, let list = parameter.parent, let function = list.parent
        else { return nil }
        return (DefStmt(function)?.name, ParameterList(list))
    }

    /// The function is passed around: any call of a value may be one of it.
    private func checkUncertainCalls(
        _ name: String, _ newName: String, _ isCancelled: () -> Bool
    ) throws(RenameRefusal) {
        var files: [(SourceFile, NameResolution)] = [(file, NameResolution(file))]
        for path in project?.graph.loadablePaths ?? [] {
            if isCancelled() { return }
            guard let id = project?.graph.target(ofLoad: path, at: ModulePlace(nil)), id.path != place.id?.path,
                let other = project?.graph.source(of: id)
            else { continue }
            files.append((other, NameResolution(other)))
        }
        for (file, names) in files {
            for statement in file.statements {
                for node in statement.descendants where node.kind == .callExpr {
                    guard let call = CallExpr(node), !isCertain(call, names),
                        mayName(call.argumentList, name, newName)
                    else { continue }
                    throw RenameRefusal("a function is called by name of '\(name)' that nobody can tell from this one")
                }
            }
        }
    }

    /// Whether it can be seen which function is called: one that a `def` names, or one of envd's.
    private func isCertain(_ call: CallExpr, _ names: NameResolution) -> Bool {
        func binding(_ token: SyntaxToken?) -> (isKnown: Bool, binding: Binding?) {
            guard let token, let use = names.use(beginningAt: token.range.lowerBound) else { return (false, nil) }
            return (true, use.binding.map { names.bindings[$0] })
        }
        switch call.callee {
        case .name(let name)?:
            let (isKnown, found) = binding(name.name)
            return isKnown && (found.map { $0.isFunction || $0.occurrences.allSatisfy { $0.kind == .load } } ?? true)
        case .dot(let dot)?:
            guard case .name(let base)? = dot.base else { return false }
            let (isKnown, found) = binding(base.name)
            return isKnown && found == nil
        default: return false
        }
    }

    private func mayName(_ list: ArgumentList?, _ names: String...) -> Bool {
        list?.arguments.contains { argument in
            switch argument {
            case .keywordArgument(let keyword): keyword.name.map { names.contains($0.text) } ?? false
            case .unpackArgument(let unpack): unpack.op?.kind == .starStar
            default: false
            }
        } ?? false
    }

    // MARK: - Docstrings

    /// Adds what a docstring says of the parameter, by name, in any of the usual styles.
    func adding(docstringsOf subject: RenameSubject, to edit: ProjectEdit, _ newName: String) -> ProjectEdit {
        var edits: [(file: TargetFile, edit: SourceEdit)] = []
        for part in edit.files {
            for change in part.edits {
                edits.append((part.file, change))
                let reference = Reference(file: part.file, range: change.range, role: .write, isOwnName: true)
                guard parameterOwner(reference) != nil, let source = source(of: part.file),
                    let function = source.token(at: change.range.lowerBound)?.parent?.parent?.parent.flatMap(
                        DefStmt.init),
                    let token = docstring(of: function)
                else { continue }
                for range in mentions(of: subject.name, inDocstring: token) {
                    edits.append((part.file, SourceEdit(range: range, replacement: newName)))
                }
            }
        }
        return ProjectEdit(edits)
    }
}

private func docstring(of function: DefStmt) -> SyntaxToken? {
    guard let first = function.suite?.statements.first(where: { _ in true }),
        case .literal(let literal)? = ExprStmt(first.node)?.value, let token = literal.token, token.kind == .string
    else { return nil }
    return token
}

/// Where a docstring describes a parameter: `name: what`, `name (str): what`, `:param str name: what`, `- `name`: what`.
///
/// - Returns: UTF-8 bytes of the file.
private func mentions(of name: String, inDocstring token: SyntaxToken) -> [Range<Int>] {
    let bytes = token.bytes
    let name = Array(name.utf8)
    var found: [Range<Int>] = []
    var start = 0
    func isWord(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || byte >= 0x80 || (0x30...0x39).contains(byte)
            || (0x41...0x5A).contains(byte & ~0x20)
    }
    while start < bytes.count {
        var end = start
        while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
        let line = bytes[start..<end]
        let content = line.drop { $0 == 0x20 || $0 == 0x09 }
        let colon = content.dropFirst().firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
        let isSphinx = content.starts(with: ":param".utf8) || content.starts(with: ":type".utf8)
        let isList = content.starts(with: "- `".utf8)
        for index in content.indices where content[index...].starts(with: name) {
            let after = index + name.count
            guard index == content.startIndex || !isWord(bytes[index - 1]),
                after >= line.endIndex || !isWord(bytes[after])
            else { continue }
            var isMention = isSphinx && after == colon
            isMention = isMention || (isList && index < colon && bytes[index - 1] == UInt8(ascii: "`"))
            if index == content.startIndex
                || (index == content.startIndex + 1 || index == content.startIndex + 2)
                    && content.prefix(index - content.startIndex).allSatisfy({ $0 == UInt8(ascii: "*") })
            {
                let rest = bytes[after..<line.endIndex].drop { $0 == 0x20 }
                isMention = isMention || rest.first == UInt8(ascii: ":") || rest.first == UInt8(ascii: "(")
            }
            if isMention { found.append((token.range.lowerBound + index)..<(token.range.lowerBound + after)) }
        }
        start = end + 1
    }
    return found
}
