import EnvdAnalysis
import EnvdSyntax

extension CompletionCollector {
    /// The parameters of the function that is called which are not given yet, those that have to be given first.
    mutating func addArguments() {
        guard let list = place.brackets.flatMap(ArgumentList.init), let semantics,
            let argument = ArgumentPlace(list, at: place.offset), !argument.isUnpacked
        else { return }
        let callee = analysis.meaning(ofCallee: argument.call, semantics)
        let isNamed = followingByte == UInt8(ascii: "=")
        for function in semantics.functions(calledBy: argument.call) {
            for index in argument.freeParameters(of: function) {
                let parameter = function.parameters[index]
                // What a function ignores is not worth giving.
                guard parameter.type != .never else { continue }
                var item = Completion(
                    "\(parameter.name)=", .parameter,
                    rank: Completion.Rank(parameter.isRequired ? .required : .optional, index),
                    insertion: isNamed ? parameter.name : "\(parameter.name)=",
                    detail: parameter.type == .unknown ? "" : " \(parameter.type)",
                    origin: parameter.isRequired ? "required" : "")
                item.documentation =
                    callee.map { .meaning(.parameter(parameter.name, of: $0)) } ?? .text(parameter.documentation)
                add(item)
            }
        }
    }

    /// The byte behind the word.
    private var followingByte: UInt8? {
        let end = place.word.upperBound
        return file.bytes(in: end..<min(end + 1, file.utf8Count)).first
    }
}

extension FileAnalysis {
    /// What the function of a call is.
    func meaning(ofCallee call: CallExpr, _ semantics: ChunkSemantics) -> Meaning? {
        switch call.callee?.withoutParentheses {
        case .name(let name): name.name.flatMap { semantics.meaning(of: $0) }
        case .dot(let dot): dot.name.flatMap { semantics.meaning(of: $0) }
        default: nil
        }
    }
}

extension Expr {
    var withoutParentheses: Expr {
        var expression = self
        while case .paren(let paren) = expression, let inner = paren.inner { expression = inner }
        return expression
    }
}
