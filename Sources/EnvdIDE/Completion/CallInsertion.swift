import EnvdAnalysis
import EnvdSyntax

/// How calls are written into a program: with placeholders for what has to be given.
extension CompletionCollector {
    /// Makes an entry of a function insert a call, where that is meant and the client can take it.
    ///
    /// - Parameter type: what the name stands for.
    func withCall(_ item: Completion, _ type: Type) -> Completion {
        guard insertsCalls, case .function(let function) = type else { return item }
        var item = item
        item.insertion = CallInsertion.snippet(item.insertion, function)
        item.format = .snippet
        return item
    }

    /// Whether the name of a function is completed to a call.
    var insertsCalls: Bool { options.takesSnippets && !isCalled && !takesFunctions }

    /// Whether the place takes a function rather than what one gives.
    private var takesFunctions: Bool {
        wanted?.members.contains { member in
            switch member {
            case .callable, .function: true
            default: false
            }
        } ?? false
    }
}

enum CallInsertion {
    /// A call of a function: `config.owner(uid=${1:uid}, gid=${2:gid})$0`.
    static func snippet(_ name: String, _ function: FunctionType) -> String {
        // The functions of the API read best with names.
        let isNamed = function.name.utf8.contains(UInt8(ascii: ".")) && !function.name.hasPrefix("State.")
        var text = escaped(name)
        text.reserveCapacity(text.utf8.count + 48)
        text += "("
        var count = 0
        for parameter in function.parameters
        where parameter.isRequired && parameter.kind != .variadic && parameter.kind != .keywords {
            if count > 0 { text += ", " }
            count += 1
            if parameter.kind == .keywordOnly || isNamed && parameter.kind == .ordinary {
                text += escaped(parameter.name)
                text += "="
            }
            text += placeholder(count, parameter)
        }
        let isDone = count > 0 || function.parameters.allSatisfy { $0.type == .never }
        text += isDone ? ")$0" : "$0)"
        return text
    }

    /// A placeholder in the brackets or quotes that its type asks for.
    private static func placeholder(_ number: Int, _ parameter: ParameterType) -> String {
        let hole = "${\(number):\(escaped(parameter.name))}"
        guard parameter.type.members.count == 1, let type = parameter.type.members.first else { return hole }
        switch type {
        case .string: return "\"\(hole)\""
        case .refined(let refined): return refined.base == .string ? "\"\(hole)\"" : hole
        case .list: return "[\(hole)]"
        case .dict: return "{\(hole)}"
        default: return hole
        }
    }

    /// A text in which nothing is a placeholder.
    static func escaped(_ text: String) -> String {
        let isSpecial = { (byte: UInt8) in
            byte == UInt8(ascii: "$") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "\\")
        }
        guard text.utf8.contains(where: isSpecial) else { return text }
        var result: [UInt8] = []
        for byte in text.utf8 {
            if isSpecial(byte) { result.append(UInt8(ascii: "\\")) }
            result.append(byte)
        }
        return String(decoding: result, as: UTF8.self)
    }
}
