import EnvdSyntax

extension Rule {
    /// A loop over a string, a number or another value that has no elements.
    static let notIterable = Rule(
        "not-iterable", .starlark, .error, page: PackageResources.not_iterable_md,
        .nodes([.forStmt, .compFor]) { node, context, reporter in
            guard let iterable = ForStmt(node)?.iterable ?? CompFor(node)?.iterable else { return }
            let type: StaticType
            if let found = context.staticType(iterable) {
                type = found
            } else if iterable.nameToken != nil, let constant = context.constant(iterable) {
                guard let found = StaticType(scalar: constant) else { return }
                type = found
            } else {
                return
            }
            switch type {
            case .list, .tuple, .dict, .range: return
            case .string:
                let fix = Fix("Loop over its characters", replace: end(of: iterable), with: ".elems()")
                reporter.report(iterable.range, "a string cannot be looped over; its characters are .elems()", fix)
            case .int:
                let message = "an int cannot be looped over; did you mean range()?"
                guard context.isFree("range") else { return reporter.report(iterable.range, message) }
                let text = context.file.text(in: iterable.range)
                reporter.report(
                    iterable.range, message, Fix("Make it a range", replace: iterable.range, with: "range(\(text))"))
            default: reporter.report(iterable.range, "\(type.described) cannot be looped over")
            }
        })
}

extension StaticType {
    /// Of what cannot change; lists and dicts are of no interest here.
    fileprivate init?(scalar constant: Constant) {
        switch constant.value {
        case .text: self = .string
        case .integer: self = .int
        case .truth: self = .bool
        case .none: self = .none
        default: return nil
        }
    }
}

private func end(of expression: Expr) -> Range<Int> {
    expression.range.upperBound..<expression.range.upperBound
}
