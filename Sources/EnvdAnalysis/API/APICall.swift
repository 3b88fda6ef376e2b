import EnvdSyntax

/// A call of a function of the API that a file writes out, with its arguments brought to the parameters.
package final class APICall: Sendable {
    package let function: APIFunction
    package let call: CallExpr
    /// What is given, in the order of the source. An argument that fits no parameter is not among them.
    package let arguments: [Argument]
    /// Whether `*args` or `**kwargs` give more than can be seen.
    package let isOpen: Bool
    /// The top-level function that it stands in; nil at the top level itself.
    package let caller: String?
    /// Whether it stands in a condition, a loop, a nested function or a comprehension, so that it may run never or many times.
    package let isConditional: Bool

    package struct Argument: Sendable {
        package let parameter: APIParameter
        package let value: Expr
        /// The name of a keyword argument.
        package let keyword: SyntaxToken?
    }

    package var name: String { function.name }
    /// UTF-8 bytes in the file.
    package var range: Range<Int> { call.range }
    /// The name of the function as the call has it.
    package var calleeRange: Range<Int> { call.callee?.range ?? call.range }

    package func argument(_ name: String) -> Argument? {
        arguments.first { $0.parameter.name == name }
    }

    /// The call of the function that a name of the API begins; nil if the name is used otherwise, or there is no such function.
    ///
    /// - Parameter node: the name.
    init?(named name: String, at node: SyntaxNode, _ reference: APIReference) {
        var callee = node
        var qualified = name
        if let dot = node.parent.flatMap(DotExpr.init), dot.base?.node == node, let member = dot.name {
            callee = dot.node
            qualified = "\(name).\(member.text)"
        }
        guard let call = callee.parent.flatMap(CallExpr.init), call.callee?.node == callee,
            let function = reference.functions[qualified]
        else { return nil }
        self.function = function
        self.call = call
        var arguments: [Argument] = []
        var position = 0
        var isOpen = false
        let list = call.argumentList
        for argument in list?.arguments.map({ $0 }) ?? [] {
            switch argument {
            case .expr(let value):
                if position < function.parameters.count, !isOpen {
                    arguments.append(
                        Argument(parameter: function.parameters[position], value: value, keyword: nil))
                }
                position += 1
            case .keywordArgument(let keyword):
                if let name = keyword.name, let value = keyword.value,
                    let parameter = function.parameter(name.text), !parameter.isPositionalOnly
                {
                    arguments.append(Argument(parameter: parameter, value: value, keyword: name))
                }
            case .unpackArgument: isOpen = true
            }
        }
        self.arguments = arguments
        self.isOpen = isOpen

        let place = CallPlace(of: call.node)
        caller = place.function
        isConditional = place.isConditional
    }
}
