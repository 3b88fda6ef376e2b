import EnvdAnalysis
import EnvdSyntax

/// The header of a function as people read it: `install.python(version: PythonVersion = "3.11") -> None`.
package struct Signature: Hashable, Sendable {
    package let label: String
    /// Where each parameter of the function is in the label, in UTF-8 bytes, in the order of its parameters.
    package let parameterRanges: [Range<Int>]

    /// A default value that is longer says little in a header.
    private static let maximumDefault = 40

    /// - Parameters:
    ///   - prefix: what stands before the bracket, such as the name.
    ///   - defaults: the default values as they are written, by the names of the parameters.
    init(_ function: FunctionType, prefix: String, defaults: [String: String] = [:]) {
        var label = prefix
        label.reserveCapacity(prefix.utf8.count + 64)
        label += "("
        var ranges: [Range<Int>] = []
        ranges.reserveCapacity(function.parameters.count)
        var hasStar = false
        var isFirst = true
        func separate() {
            if !isFirst { label += ", " }
            isFirst = false
        }
        let lastPositional = function.parameters.lastIndex { $0.kind == .positionalOnly }
        for (index, parameter) in function.parameters.enumerated() {
            if parameter.kind == .keywordOnly, !hasStar {
                separate()
                label += "*"
                hasStar = true
            }
            if parameter.kind == .variadic { hasStar = true }
            separate()
            let start = label.utf8.count
            Signature.write(parameter, default: defaults.isEmpty ? nil : defaults[parameter.name], to: &label)
            ranges.append(start..<label.utf8.count)
            if index == lastPositional {
                separate()
                label += "/"
            }
        }
        label += ")"
        switch function.result {
        case .known(let type) where type != .unknown:
            label += " -> "
            label += type.description
        default: break
        }
        self.label = label
        parameterRanges = ranges
    }

    /// A parameter as a header has it: `version: PythonVersion = "3.11"`.
    static func text(_ parameter: ParameterType, default value: String?) -> String {
        var text = ""
        write(parameter, default: value, to: &text)
        return text
    }

    private static func write(_ parameter: ParameterType, default value: String?, to text: inout String) {
        switch parameter.kind {
        case .variadic: text += "*"
        case .keywords: text += "**"
        default: break
        }
        text += parameter.name
        if parameter.type != .unknown {
            text += ": "
            text += parameter.type.description
        }
        guard !parameter.isRequired, parameter.kind != .variadic, parameter.kind != .keywords else { return }
        text += " = "
        text += value ?? "…"
    }

    /// The default values of a definition, as they are written, each on one line.
    static func defaults(of definition: DefStmt?) -> [String: String] {
        var found: [String: String] = [:]
        for parameter in definition?.parameterList?.parameters.map({ $0 }) ?? [] {
            guard let name = parameter.name?.text, let value = parameter.defaultValue?.value?.node.text else {
                continue
            }
            let isBroken = value.utf8.contains { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
            let lines = isBroken ? value.split(whereSeparator: \.isNewline) : [value[...]]
            let line = lines.map { $0.drop { $0 == " " || $0 == "\t" } }.joined(separator: " ")
            let isLong = line.utf8.count > maximumDefault && line.count > maximumDefault
            found[name.hasPrefix("__") ? String(name.dropFirst(2)) : name] = isLong ? "…" : line
        }
        return found
    }
}
