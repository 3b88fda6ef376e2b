import EnvdSyntax

extension RuleContext {
    /// The strings that a call gives for parameters of a type, alone or in a list: `PipRequirement`, `AptPackage`, `ImageRef`.
    func texts(of type: String, in call: APICall) -> [(text: String, range: Range<Int>)] {
        var texts: [(text: String, range: Range<Int>)] = []
        for argument in call.arguments where argument.parameter.takes(type) {
            if let constant = constant(argument.value) { texts += constant.texts }
        }
        return texts
    }
}

extension ProgramContext {
    /// The settings of the last `base`; nil where it is not certain which that is.
    var base: (image: Constant?, isDev: Bool, call: APICall)? {
        let bases = calls(of: "base")
        guard isWholeProgram, let last = bases.last, bases.allSatisfy({ !$0.isConditional && !$0.isOpen }),
            bases.count == 1
        else { return nil }
        let image = constant("image", of: last)
        if last.argument("image") != nil, image?.text == nil { return nil }
        guard let dev = last.argument("dev") else { return (image, false, last) }
        guard let isDev = constant(dev.value)?.truth else { return nil }
        return (image, isDev, last)
    }
}
