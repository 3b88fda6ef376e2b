/// What an application may add to the names of the language.
package enum StandardModules {
    /// `struct(name = value, …)`: an immutable record.
    package static let structure = HostFunction("struct") { call in
        guard call.positional.isEmpty else { throw EvaluationError("takes named arguments only") }
        return .structure(call.named)
    }

    /// The module `json`, as in starlark-go.
    package static let json = Value.module(
        "json",
        [
            (
                "encode",
                .function(
                    HostFunction("json.encode") { call in
                        .string(try JSONEncoder.encode(try call.only(), call.meter))
                    })
            ),
            (
                "encode_indent",
                .function(
                    HostFunction("json.encode_indent") { call in
                        let (argument, prefix, indent) = try JSONIndenter.arguments(call)
                        let content = try JSONEncoder.encode(argument, call.meter)
                        return .string(try JSONIndenter.indent(content, prefix: prefix, by: indent, call.meter))
                    })
            ),
            (
                "indent",
                .function(
                    HostFunction("json.indent") { call in
                        let (argument, prefix, indent) = try JSONIndenter.arguments(call)
                        guard case .string(let content) = argument.storage else {
                            throw call.mismatch(0, argument, "string")
                        }
                        // Only what is JSON can be laid out as such.
                        _ = try JSONDecoder.decode(content, call.meter)
                        return .string(try JSONIndenter.indent(content, prefix: prefix, by: indent, call.meter))
                    })
            ),
            (
                "decode",
                .function(
                    HostFunction("json.decode") { call in
                        let arguments = try call.bind("x", "default?")
                        do {
                            return try JSONDecoder.decode(try arguments.byteString("x"), call.meter)
                        } catch let error as EvaluationError where error.kind == .failure {
                            guard case .string = arguments.value("x").storage,
                                let fallback = arguments.optional("default")
                            else {
                                throw error
                            }
                            return fallback
                        }
                    })
            ),
        ])
}
