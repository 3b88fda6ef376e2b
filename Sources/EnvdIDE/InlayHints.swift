import EnvdAnalysis
import EnvdSyntax

/// A word that an editor shows within the code: the parameter that an argument is for, the type of a variable, how many steps a
/// call adds to the plan.
package struct InlayHint: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case parameter
        case type
        case steps
    }

    /// UTF-8 bytes in the file.
    package let place: Int
    package let text: String
    package let kind: Kind
    /// What the word is about, for who wants to know more; nil if there is no more.
    package let subject: Meaning?
    /// Of a kind that says more by itself: Markdown.
    package let explanation: String?

    fileprivate init(place: Int, text: String, kind: Kind, subject: Meaning? = nil, explanation: String? = nil) {
        self.place = place
        self.text = text
        self.kind = kind
        self.subject = subject
        self.explanation = explanation
    }

    fileprivate func shifted(by distance: Int) -> InlayHint {
        InlayHint(
            place: place + distance, text: text, kind: kind, subject: subject?.shifted(by: distance),
            explanation: explanation)
    }
}

extension FileAnalysis {
    /// What is not written in a part of the file but known.
    ///
    /// - Parameters:
    ///   - range: in UTF-8 bytes.
    ///   - isCancelled: asked before each chunk.
    package func inlayHints(in range: Range<Int>, isCancelled: () -> Bool = { false }) -> [InlayHint] {
        var hints: [InlayHint] = []
        let end = min(range.upperBound, file.utf8Count)
        var offset = max(0, range.lowerBound)
        while offset <= end {
            if isCancelled() { break }
            let (start, chunk) = file.chunk(at: offset)
            hints += self.hints(of: chunk, at: start, in: range)
            if run != nil { addSteps(of: chunk, at: start, &hints) }
            let next = start + Int(chunk.utf8Count)
            guard next > offset else { break }
            offset = next
        }
        return hints.filter { range.lowerBound <= $0.place && $0.place <= range.upperBound }
            .sorted { $0.place < $1.place }
    }

    /// What is known of a chunk: of one that is not too long all of it, and it stays known until the chunk is looked at again.
    private func hints(of chunk: Chunk, at start: Int, in range: Range<Int>) -> [InlayHint] {
        guard let state = checked.state(ofChunkAt: start) else { return [] }
        if let known = knownHints[state] { return known.map { $0.shifted(by: start) } }
        guard let semantics = checked.semantics(at: start) else { return [] }
        let isKept = chunk.utf8Count <= FileAnalysis.longestChunkOfKnownHints
        var hints: [InlayHint] = []
        for statement in chunk.statements(at: start) {
            for node in statement.descendants {
                if !isKept {
                    let place = node.range
                    guard place.lowerBound < range.upperBound, place.upperBound >= range.lowerBound else { continue }
                }
                add(node, semantics, &hints)
            }
        }
        if isKept {
            // Those of chunks that are no more go in time.
            if knownHints.count >= FileAnalysis.maximumKnownHints { knownHints = [:] }
            knownHints[state] = hints.map { $0.shifted(by: -start) }
        }
        return hints
    }

    private static let longestChunkOfKnownHints = 16 * 1024
    private static let maximumKnownHints = 256

    private func add(_ node: SyntaxNode, _ semantics: ChunkSemantics, _ hints: inout [InlayHint]) {
        switch node.kind {
        case .callExpr: CallExpr(node).map { addParameters($0, semantics, &hints) }
        case .assignStmt: AssignStmt(node).map { addType($0, semantics, &hints) }
        case .forStmt: ForStmt(node).map { addLoop($0, semantics, &hints) }
        case .defStmt: DefStmt(node).map { addResult($0, semantics, &hints) }
        default: break
        }
    }

    // MARK: - Parameters

    private func addParameters(_ call: CallExpr, _ semantics: ChunkSemantics, _ hints: inout [InlayHint]) {
        let arguments = call.argumentList?.arguments.map { $0 } ?? []
        guard arguments.contains(where: { if case .expr = $0 { true } else { false } }) else { return }
        let functions = semantics.functions(calledBy: call)
        guard functions.count == 1, let function = functions.first else { return }
        let places = function.parameters.filter { $0.kind == .positionalOnly || $0.kind == .ordinary }
        // What takes one value says what it is by its own name.
        guard function.parameters.count > 1 else { return }
        let meaning = meaning(ofCallee: call, semantics)
        // Everybody knows the language's own functions, and their names say little.
        if case .method? = meaning { return }
        if case .builtin(let name)? = meaning, checked.nameEnvironment.universal.contains(name) { return }
        for (index, argument) in arguments.enumerated() {
            guard case .expr(let value) = argument, index < places.count else { return }
            let parameter = places[index]
            guard isUnclear(value, parameter.name) else { continue }
            hints.append(
                InlayHint(
                    place: value.range.lowerBound, text: "\(parameter.name)=", kind: .parameter,
                    subject: meaning.map { .parameter(parameter.name, of: $0) }))
        }
    }

    /// Whether one cannot tell from a value what it is for.
    private func isUnclear(_ value: Expr, _ parameter: String) -> Bool {
        switch value.withoutParentheses {
        case .literal, .list, .dict, .lambda, .conditional, .binary, .unary, .listComp, .dictComp, .tuple: return true
        case .name(let name):
            let text = name.name?.text ?? ""
            return text == "None" || text == "True" || text == "False"
        default: return false
        }
    }

    // MARK: - Steps

    private func addSteps(of chunk: Chunk, at start: Int, _ hints: inout [InlayHint]) {
        for statement in chunk.statements(at: start) {
            for node in statement.descendants where node.kind == .exprStmt { addSteps(node, &hints) }
        }
    }

    private func addSteps(_ statement: SyntaxNode, _ hints: inout [InlayHint]) {
        guard let run, let call = statement.children.first(where: { $0.kind == .callExpr }) else { return }
        let steps = run.steps(ofCall: call.range)
        if steps.isEmpty { return }
        hints.append(
            InlayHint(
                place: call.range.upperBound, text: steps.amount, kind: .steps, explanation: steps.markdownList))
    }

    // MARK: - Types

    private func addType(_ assignment: AssignStmt, _ semantics: ChunkSemantics, _ hints: inout [InlayHint]) {
        guard assignment.op?.kind == .equal, assignment.typeAnnotation == nil, let target = assignment.target,
            let value = assignment.value
        else { return }
        guard case .name = target else { return addTypes(of: target, semantics, &hints) }
        // A type comment says the same.
        guard !value.isPlain else { return }
        addTypes(of: target, semantics, &hints)
    }

    private func addLoop(_ loop: ForStmt, _ semantics: ChunkSemantics, _ hints: inout [InlayHint]) {
        guard let target = loop.target else { return }
        addTypes(of: target, semantics, &hints)
    }

    /// The names that a target gives values, and their types.
    private func addTypes(of target: Expr, _ semantics: ChunkSemantics, _ hints: inout [InlayHint]) {
        var waiting = [target]
        while let next = waiting.popLast() {
            switch next {
            case .name(let name):
                guard let token = name.name else { continue }
                let type = semantics.type(ofNameBoundAt: token.range.lowerBound).widened
                guard type.isWorthShowing else { continue }
                hints.append(
                    InlayHint(
                        place: token.range.upperBound, text: ": \(type.shortened)", kind: .type,
                        subject: semantics.meaning(of: token)))
            case .paren(let paren): if let inner = paren.inner { waiting.append(inner) }
            case .tuple(let tuple): waiting += tuple.elements
            case .list(let list): waiting += list.elements
            default: break
            }
        }
    }

    private func addResult(_ definition: DefStmt, _ semantics: ChunkSemantics, _ hints: inout [InlayHint]) {
        guard definition.returnAnnotation == nil, let name = definition.name,
            let bracket = definition.parameterList?.rightParen, definition.suite != nil,
            case .function(let function) = semantics.type(ofNameBoundAt: name.range.lowerBound),
            case .known(let type) = function.result, type.isWorthShowing, type != .none
        else { return }
        hints.append(
            InlayHint(
                place: bracket.range.upperBound, text: " -> \(type.widened.shortened)", kind: .type,
                subject: semantics.meaning(of: name)))
    }
}

extension Expr {
    /// Whether its type is plain from its text.
    fileprivate var isPlain: Bool {
        switch withoutParentheses {
        case .literal, .lambda, .error: true
        case .list(let list): list.elements.allSatisfy(\.isPlain)
        case .dict, .dictComp, .tuple: true
        case .listComp, .foreign: false
        case .name(let name): ["None", "True", "False"].contains(name.name?.text ?? "")
        case .call(let call):
            // `str(x)`, `struct(…)` say it themselves.
            if case .name(let callee)? = call.callee {
                [
                    "str", "int", "float", "bool", "list", "dict", "tuple", "set", "struct", "bytes", "len", "repr",
                    "range",
                ]
                .contains(callee.name?.text ?? "")
            } else {
                false
            }
        default: false
        }
    }
}

extension Type {
    fileprivate var isWorthShowing: Bool {
        switch self {
        case .unknown, .never, .function, .module, .callable, .variable: false
        case .list(let element), .set(let element), .iterable(let element): element.isWorthShowing
        default: true
        }
    }

    /// Not longer than what it stands beside.
    fileprivate var shortened: String {
        let text = description
        return text.count > 40 ? text.prefix(39) + "…" : text
    }
}
