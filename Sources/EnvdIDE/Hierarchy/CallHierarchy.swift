import EnvdAnalysis
import EnvdSyntax

// Who calls a function, and whom it calls, across the files of the project and into the API.

/// A function, or a file whose top level calls something.
package struct CallHierarchyItem: Hashable, Sendable {
    package let file: TargetFile
    /// Of a file its own name.
    package let name: String
    package let isFile: Bool
    /// All of it, in UTF-8 bytes of the file.
    package let range: Range<Int>
    /// The name; the beginning of a file.
    package let nameRange: Range<Int>
}

/// One end of a call, and where the calls are written, in UTF-8 bytes of the caller's file.
package struct HierarchyCall: Hashable, Sendable {
    package let item: CallHierarchyItem
    package fileprivate(set) var ranges: [Range<Int>]
}

extension FileAnalysis {
    /// The functions that the name at an offset means.
    package func callHierarchy(at offset: Int) -> [CallHierarchyItem] {
        guard let (_, meaning) = meaning(at: offset) else { return [] }
        return functions(meaning)
    }

    /// The functions and files that call the function whose name stands at an offset.
    ///
    /// - Parameter isCancelled: asked before each file.
    package func incomingCalls(at offset: Int, isCancelled: () -> Bool = { false }) -> [HierarchyCall] {
        guard let (_, meaning) = meaning(at: offset) else { return [] }
        var found: [HierarchyCall] = []
        for reference in references(to: meaning, isCancelled: isCancelled) where reference.role == .read {
            guard let source = source(of: reference.file), let token = source.token(at: reference.range.lowerBound),
                let call = call(of: token)
            else { continue }
            let caller = caller(of: call.node, in: source, reference.file)
            add(reference.range, to: caller, &found)
        }
        return found
    }

    /// The functions that a function of this file calls.
    ///
    /// - Parameter offset: where its name stands, in UTF-8 bytes.
    package func outgoingCalls(ofFunctionAt offset: Int) -> [HierarchyCall] {
        guard let function = nameToken(at: offset)?.parent, function.kind == .defStmt else { return [] }
        return outgoingCalls(in: [function], isFile: false)
    }

    /// The functions that the file's top level calls.
    package func outgoingCallsOfFile() -> [HierarchyCall] { outgoingCalls(in: file.statements, isFile: true) }

    private func outgoingCalls(in nodes: [SyntaxNode], isFile: Bool) -> [HierarchyCall] {
        var found: [HierarchyCall] = []
        for node in nodes {
            for call in node.descendants.compactMap(CallExpr.init) {
                // What a function within this one calls is its own business.
                let function = call.node.ancestors.first { $0.kind == .defStmt }
                guard isFile ? function == nil : isOwn(call.node, of: node), let name = calleeName(call),
                    let meaning = checked.semantics(at: name.range.lowerBound)?.meaning(of: name)
                else { continue }
                for target in functions(meaning) { add(name.range, to: target, &found) }
            }
        }
        return found
    }

    // MARK: - Ends of calls

    private func functions(_ meaning: Meaning) -> [CallHierarchyItem] {
        if case .module = meaning { return [] }
        return targets(of: meaning).compactMap { target in
            guard let source = source(of: target.file),
                let parent = source.token(at: target.nameRange.lowerBound)?.parent,
                let function = DefStmt(parent), function.name?.range == target.nameRange
            else { return nil }
            return CallHierarchyItem(
                file: target.file, name: target.name, isFile: false, range: function.range,
                nameRange: target.nameRange)
        }
    }

    private func caller(of node: SyntaxNode, in source: SourceFile, _ target: TargetFile) -> CallHierarchyItem {
        for ancestor in node.ancestors {
            guard let function = DefStmt(ancestor), let name = function.name, isOwn(node, of: ancestor) else {
                continue
            }
            return CallHierarchyItem(
                file: target, name: name.text, isFile: false, range: function.range, nameRange: name.range)
        }
        let name: String =
            switch target {
            case .module(let id): id.name
            default: place.id?.name ?? "this document"
            }
        return CallHierarchyItem(
            file: target, name: name, isFile: true, range: 0..<source.utf8Count, nameRange: 0..<0)
    }

    /// Whether the function that runs a node is this one: not one within it, and not the code that defines it.
    private func isOwn(_ node: SyntaxNode, of function: SyntaxNode) -> Bool {
        guard let suite = DefStmt(function)?.suite?.node else { return false }
        for ancestor in node.ancestors {
            if ancestor == suite { return true }
            if ancestor.kind == .defStmt, let inner = DefStmt(ancestor)?.suite?.range,
                inner.contains(node.range.lowerBound)
            {
                return false
            }
        }
        return false
    }

    private func calleeName(_ call: CallExpr) -> SyntaxToken? {
        switch call.callee {
        case .name(let name)?: name.name
        case .dot(let dot)?: dot.name
        default: nil
        }
    }

    private func add(_ range: Range<Int>, to item: CallHierarchyItem, _ found: inout [HierarchyCall]) {
        if let index = found.firstIndex(where: { $0.item == item }) {
            found[index].ranges.append(range)
        } else {
            found.append(HierarchyCall(item: item, ranges: [range]))
        }
    }
}
