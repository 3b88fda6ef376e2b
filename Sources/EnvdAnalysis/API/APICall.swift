import EnvdSyntax

/// A call of a function of the API that a file writes out, with its arguments brought to the parameters.
package struct APICall: Sendable {
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

    init?(_ call: CallExpr, _ names: [Range<Int>: String], _ reference: APIReference) {
        guard let callee = call.callee, let function = APICall.function(callee, names, reference) else { return nil }
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

    private static func function(
        _ callee: Expr, _ names: [Range<Int>: String], _ reference: APIReference
    ) -> APIFunction? {
        switch callee {
        case .name: names[callee.range].flatMap { reference.functions[$0] }
        case .dot(let dot):
            if let base = dot.base, let module = names[base.range], let name = dot.name?.text {
                reference.functions["\(module).\(name)"]
            } else {
                nil
            }
        default: nil
        }
    }
}
