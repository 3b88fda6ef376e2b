/// What an application may add to the names of the language.
package enum StandardModules {
    /// `struct(name = value, …)`: an immutable record.
    package static let structure = HostFunction("struct") { call in
        guard call.positional.isEmpty else { throw EvaluationError("takes named arguments only") }
        return call.structure(named: Universe.structName)
    }

    /// The module `json`, as in starlark-go.
    package static func json(in heap: Heap) -> Value {
        heap.module("json", jsonFunctions.map { (String($0.name.dropFirst("json.".count)), heap.function($0)) })
    }

    private static let jsonFunctions = [
        HostFunction("json.encode") { call in
            call.heap.string(try JSONEncoder.encode(try call.only(), call.meter))
        },
        HostFunction("json.encode_indent", "x", "*", "prefix?", "indent?") { call in
            let (argument, prefix, indent) = try JSONIndenter.arguments(call)
            let content = try JSONEncoder.encode(argument, call.meter)
            return try content.bytes.withUnsafeBufferPointer { (bytes) throws(EvaluationError) in
                call.heap.string(try JSONIndenter.indent(bytes, prefix: prefix, by: indent, call.meter))
            }
        },
        HostFunction("json.indent", "x", "*", "prefix?", "indent?") { call in
            let (argument, prefix, indent) = try JSONIndenter.arguments(call)
            guard case .string(let content) = argument.storage else {
                throw call.mismatch(0, argument, "string")
            }
            // Only what is JSON can be laid out as such.
            _ = try JSONDecoder.decode(content, call.meter)
            return call.heap.string(try JSONIndenter.indent(content.bytes, prefix: prefix, by: indent, call.meter))
        },
        HostFunction("json.decode", "x", "default?") { call in
            let arguments = try call.bind()
            let text = arguments.value("x")
            guard case .string(let content) = text.storage else { throw arguments.mismatch("x", text, "string") }
            do {
                return try JSONDecoder.decode(content, call.meter)
            } catch let error as EvaluationError where error.kind == .failure {
                guard let fallback = arguments.optional("default") else { throw error }
                return fallback
            }
        },
    ]
}
