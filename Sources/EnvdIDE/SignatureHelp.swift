import EnvdAnalysis
import EnvdSyntax

/// The header of the function whose arguments are being typed, with the parameter that the cursor is at.
package struct SignatureHelp: Sendable {
    package struct Entry: Sendable, Hashable {
        package let signature: Signature
        /// Markdown; empty if there is none.
        package let documentation: String
        /// Of each parameter what is said of it, in Markdown.
        package let parameterDocumentation: [String]
        /// The parameter that the cursor is at, as an index; nil if the call has no such parameter.
        package let activeParameter: Int?
    }

    /// One for each function that the call may mean; never empty.
    package let entries: [Entry]
}

extension FileAnalysis {
    /// What is called around an offset; nil if that is not within the brackets of a call, or nobody knows.
    ///
    /// - Parameter offset: in UTF-8 bytes.
    package func signatureHelp(at offset: Int) -> SignatureHelp? {
        let place = CursorPlace(file, offset)
        if case .comment = place.kind { return nil }
        var next = place.brackets
        while let node = next {
            // A list or a pair of brackets within an argument belongs to the call around it.
            if let list = ArgumentList(node), list.node.parent?.kind == .callExpr {
                return signatureHelp(list, at: place.offset)
            }
            next = node.ancestors.first { outer in
                outer.kind == .argumentList && (outer.brackets.map { $0.closing.range.lowerBound >= offset } ?? true)
            }
        }
        return nil
    }

    private func signatureHelp(_ list: ArgumentList, at offset: Int) -> SignatureHelp? {
        guard let argument = ArgumentPlace(list, at: offset),
            let semantics = checked.semantics(at: argument.call.range.lowerBound)
        else { return nil }
        let functions = semantics.functions(calledBy: argument.call)
        guard !functions.isEmpty else { return nil }
        // Where the function is defined says what its defaults are.
        let meaning = meaning(ofCallee: argument.call, semantics)
        let definition = meaning.flatMap { targets(of: $0).first }.flatMap { self.definition($0) }
        let defaults = Signature.defaults(of: definition)
        return SignatureHelp(
            entries: functions.prefix(8).map { function in
                let name = function.name.isEmpty ? argument.call.callee?.node.text ?? "" : function.name
                let prefix = name.contains(where: \.isNewline) ? "" : name
                return SignatureHelp.Entry(
                    signature: Signature(function, prefix: prefix, defaults: defaults),
                    documentation: markdown(ofDocstring: function.documentation),
                    parameterDocumentation: function.parameters.map(\.documentation),
                    activeParameter: argument.parameter(of: function))
            })
    }
}
