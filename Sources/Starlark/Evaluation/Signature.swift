/// The parameters of a host function.
package final class Signature: Sendable {
    let names: [String]
    /// How many of them take positional arguments.
    let positionalCount: Int
    private let kinds: [Kind]
    private let requiredCount: Int

    private enum Kind {
        case required
        case optional
        /// `None` stands for left out.
        case optionalOrNone
    }

    /// - Parameter parameters: names in order. `name?` may be left out; after a `*` all are given by name only; a
    ///   `name??` may be left out and takes `None` for left out.
    package init(_ parameters: [String]) {
        var names: [String] = []
        var kinds: [Kind] = []
        names.reserveCapacity(parameters.count)
        kinds.reserveCapacity(parameters.count)
        var positionalCount: Int?
        for parameter in parameters {
            if parameter == "*" {
                positionalCount = names.count
                continue
            }
            let bytes = parameter.utf8
            let marks = bytes.last != UInt8(ascii: "?") ? 0 : bytes.dropLast().last != UInt8(ascii: "?") ? 1 : 2
            names.append(marks == 0 ? parameter : String(Substring(bytes.dropLast(marks))))
            kinds.append(marks == 0 ? .required : marks == 1 ? .optional : .optionalOrNone)
        }
        self.names = names
        self.kinds = kinds
        self.positionalCount = positionalCount ?? names.count
        requiredCount = kinds.count { $0 == .required }
    }

    func index(of name: String) -> Int? {
        // Nearly all that are not equal have other lengths, which are at hand.
        let count = name.utf8.count
        return names.firstIndex { $0.utf8.count == count && $0 == name }
    }

    /// Matches arguments with the parameters as a Starlark function would.
    ///
    /// - Parameter values: room for one value a parameter, `unbound` for those left out.
    func bind(
        _ arguments: Arguments, into values: UnsafeMutablePointer<Value>
    ) throws(EvaluationError) {
        if arguments.count > positionalCount {
            let atMost = requiredCount == names.count && positionalCount == names.count ? "" : "at most "
            throw EvaluationError(
                "got \(HostCall.count(arguments.count, "positional argument")), want \(atMost)\(positionalCount)")
        }
        values.update(from: arguments.positional, count: arguments.count)
        for index in arguments.count..<max(arguments.count, names.count) { values[index] = .unbound }
        for argument in 0..<arguments.namedCount {
            let name = StringObject(arguments.names[argument])
            guard let index = names.firstIndex(where: { name.bytes.isEqual(to: $0) }) else {
                let hint = Spelling.hint(for: name.text, among: names)
                throw EvaluationError("unexpected keyword argument \(name.text)\(hint)")
            }
            guard values[index].isUnbound else {
                throw EvaluationError("got multiple values for keyword argument \(name.text)")
            }
            values[index] = arguments.values[argument]
        }
        for (index, kind) in kinds.enumerated() {
            switch kind {
            case .required where values[index].isUnbound:
                throw EvaluationError("missing argument for \(names[index])")
            case .optionalOrNone where values[index].isNone:
                values[index] = .unbound
            default: break
            }
        }
    }
}

extension ByteView {
    fileprivate func isEqual(to text: String) -> Bool {
        guard count == text.utf8.count else { return false }
        var text = text
        return text.withUTF8 { isEqual(to: $0) }
    }
}
