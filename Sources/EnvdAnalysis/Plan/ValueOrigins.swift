import EnvdLanguage
import EnvdSyntax
import LLB

/// Where a value that a call got comes from, in one of the program's files.
struct ValueOrigin {
    let file: String
    /// UTF-8 bytes in that file.
    let range: Range<Int>
    /// The string that is written there, if it is the value.
    var literal: LiteralText?
    /// Places of the file, in the call itself, where a rule that looks at the text may say the same.
    var others: [Range<Int>] = []
}

extension ProgramSources {
    /// Where a part of a call's arguments comes from: followed from the call through variables, loops and the calls that were active,
    /// as long as it is certain; else the argument, or the name of what is called if nothing is written there.
    func origin(of part: Transcript.Part, in call: PlannedCall) -> ValueOrigin? {
        guard let site = call.stack.last else { return nil }
        let fallback = self.call(at: site)?.callee?.range ?? site.range
        guard case .value(let parameter, let path) = part.role, let expression = argument(parameter, of: call) else {
            return ValueOrigin(file: site.file, range: part.isWholeCall ? site.range : fallback)
        }
        let value = call.value(at: path, of: parameter)
        let written = element(at: path[...], of: expression, in: site.file)
        var origin =
            follow(expression, path[...], value, call.stack[...], 0)
            ?? ValueOrigin(file: site.file, range: written.range)
        if origin.file == site.file {
            let named = [expression, written].compactMap { context(site.file)?.origin(of: $0)?.range }
            origin.others = [expression.range, written.range] + named
        }
        return origin
    }

    private func argument(_ parameter: Transcript.Parameter, of call: PlannedCall) -> Expr? {
        guard let site = call.stack.last, let expression = self.call(at: site) else { return nil }
        switch parameter {
        case .position(let position): return ProgramSources.argument(expression, position: position, name: nil)
        case .name(let name): return ProgramSources.argument(expression, position: nil, name: name)
        }
    }

    /// The argument for a parameter, if nothing is unpacked before it.
    private static func argument(_ call: CallExpr, position: Int?, name: String?) -> Expr? {
        var place = 0
        for argument in call.argumentList?.arguments.map({ $0 }) ?? [] {
            switch argument {
            case .expr(let value):
                if place == position { return value }
                place += 1
            case .keywordArgument(let keyword):
                if let name, keyword.name?.text == name { return keyword.value }
            case .unpackArgument: return nil
            }
        }
        return nil
    }

    /// The part of a display that a way leads to, as far as it is one.
    private func element(at path: ArraySlice<Transcript.Step>, of expression: Expr, in file: String) -> Expr {
        guard let first = path.first, let context = context(file), let expression = context.origin(of: expression)
        else {
            return expression
        }
        guard let next = step(first, in: expression, of: file) else { return expression }
        return element(at: path.dropFirst(), of: next, in: file)
    }

    private func step(_ step: Transcript.Step, in expression: Expr, of file: String) -> Expr? {
        switch (step, expression) {
        case (.element(let index), _):
            guard let elements = elements(of: expression, in: file), elements.indices.contains(index) else {
                return nil
            }
            return elements[index]
        case (.entry(let index), .dict(let dict)), (.key(let index), .dict(let dict)):
            let entries = dict.entries.map { $0 }
            guard entries.indices.contains(index), case .dictEntry(let entry) = entries[index] else { return nil }
            if case .key = step { return entry.key }
            return entry.value
        default: return nil
        }
    }

    private static let maximumDepth = 24

    /// Where a value is written out; nil if that is not certain.
    ///
    /// - Parameter stack: the active calls, of which the last is in the function that the expression stands in.
    private func follow(
        _ expression: Expr, _ path: ArraySlice<Transcript.Step>, _ value: RecordedValue?,
        _ stack: ArraySlice<SourceLocation>, _ depth: Int
    ) -> ValueOrigin? {
        guard depth < ProgramSources.maximumDepth, let frame = stack.last, let context = context(frame.file),
            let expression = context.origin(of: expression)
        else { return nil }
        if let first = path.first, let next = step(first, in: expression, of: frame.file) {
            return follow(next, path.dropFirst(), value, stack, depth + 1)
        }
        if case .element? = path.first, case .listComp(let comprehension) = expression, let made = comprehension.element
        {
            return follow(made, path.dropFirst(), value, stack, depth + 1)
        }
        if path.isEmpty, let value, let constant = context.constant(expression), constant.isEqual(to: value) {
            let literal = constant.text.map { LiteralText(($0, constant.range), in: context.file) }
            return ValueOrigin(file: frame.file, range: constant.range, literal: literal)
        }
        guard case .name(let name) = expression, let use = context.use(at: name.range), let id = use.binding,
            let occurrence = context.names.bindings[id].occurrences.first,
            context.names.bindings[id].occurrences.count == 1
        else { return nil }
        switch occurrence.kind {
        case .parameter:
            return follow(parameter: context.names.name(of: use), at: occurrence.range, path, value, stack, depth)
        case .variable: return follow(loopVariable: occurrence.range, path, value, frame.file, context)
        default: return nil
        }
    }

    /// What a function was called with.
    private func follow(
        parameter name: String, at range: Range<Int>, _ path: ArraySlice<Transcript.Step>, _ value: RecordedValue?,
        _ stack: ArraySlice<SourceLocation>, _ depth: Int
    ) -> ValueOrigin? {
        guard let frame = stack.last, let node = source(frame.file)?.node(covering: range),
            let function = node.ancestors.lazy.compactMap({ DefStmt($0) }).first,
            function.name?.text == frame.function,
            let parameters = function.parameterList?.parameters.map({ $0 }),
            let index = parameters.firstIndex(where: { $0.name?.text == name }), parameters[index].prefix == nil,
            let caller = stack.dropLast().last, let call = call(at: caller)
        else { return nil }
        // Whoever calls it by another name may call another function.
        guard call.callee?.node.text.split(separator: ".").last.map(String.init) == frame.function else { return nil }
        if let argument = ProgramSources.argument(call, position: index, name: name) {
            if let found = follow(argument, path, value, stack.dropLast(), depth + 1) { return found }
            return ValueOrigin(
                file: caller.file, range: element(at: path, of: argument, in: caller.file).range)
        }
        guard let fallback = parameters[index].defaultValue?.value else { return nil }
        return follow(fallback, path, value, stack, depth + 1)
    }

    /// The element of what a loop goes through.
    private func follow(
        loopVariable range: Range<Int>, _ path: ArraySlice<Transcript.Step>, _ value: RecordedValue?, _ file: String,
        _ context: RuleContext
    ) -> ValueOrigin? {
        guard path.isEmpty, let value, let name = context.file.node(covering: range), name.kind == .nameExpr else {
            return nil
        }
        var node = name
        var place: Int?
        if let tuple = node.parent.flatMap(TupleExpr.init) {
            place = tuple.elements.map { $0 }.firstIndex { $0.range == range }
            node = tuple.node
            while let paren = node.parent, paren.kind == .parenExpr { node = paren }
        }
        let iterable: Expr?
        switch node.parent {
        case .some(let parent) where parent.kind == .forStmt: iterable = ForStmt(parent)?.iterable
        case .some(let parent) where parent.kind == .compFor: iterable = CompFor(parent)?.iterable
        default: return nil
        }
        guard let iterable, iterable.node != node, let elements = context.constant(iterable)?.elements else {
            return nil
        }
        let candidates = elements.compactMap { element in
            guard let place else { return element }
            return element.elements.flatMap { $0.indices.contains(place) ? $0[place] : nil }
        }
        guard let found = candidates.first(where: { $0.isEqual(to: value) }) else { return nil }
        return ValueOrigin(
            file: file, range: found.range, literal: found.text.map { LiteralText(($0, found.range), in: context.file) }
        )
    }
}

extension Transcript.Part {
    fileprivate var isWholeCall: Bool {
        if case .call = role { true } else { false }
    }
}

extension PlannedCall {
    fileprivate func value(at path: [Transcript.Step], of parameter: Transcript.Parameter) -> RecordedValue? {
        var value: RecordedValue?
        switch parameter {
        case .position(let position): value = call.positional[position]
        case .name(let name): value = call.named.first { $0.name == name }?.value
        }
        for step in path {
            switch (step, value) {
            case (.element(let index), .list(let elements)?), (.element(let index), .tuple(let elements)?):
                value = elements[index]
            case (.entry(let index), .dict(let entries)?): value = entries[index].value
            case (.key(let index), .dict(let entries)?): value = entries[index].key
            default: return nil
            }
        }
        return value
    }
}

extension Constant {
    /// Whether it is known to be that string, number or truth value.
    fileprivate func isEqual(to other: RecordedValue) -> Bool {
        switch (value, other) {
        case (.text(let a), .text(let b)): a == b
        case (.integer(let a), .integer(let b)): a == b
        case (.truth(let a), .truth(let b)): a == b
        default: false
        }
    }
}
