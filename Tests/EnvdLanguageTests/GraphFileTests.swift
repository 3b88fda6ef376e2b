import EnvdSyntax
import LLB
import Testing

@testable import EnvdLanguage

/// `llb.envd` and `state.envd` say what the host's functions are; these tests hold them against the functions themselves.
@Suite struct GraphFileTests {
    /// A function of one of the files.
    private struct Declared {
        let name: String
        /// As `HostFunction` takes them, but `??` is `?` too.
        var parameters: [String] = []
        /// The source text of default values.
        var defaults: [(name: String, value: String)] = []
        var result = ""
        let documentation: String

        init?(_ statement: SyntaxNode, _ source: SourceFile) {
            guard let definition = DefStmt(statement), let name = definition.name?.text else { return nil }
            self.name = name
            for parameter in definition.parameterList.map({ Array($0.parameters) }) ?? [] {
                guard let name = parameter.name?.text else {
                    parameters.append("*")
                    continue
                }
                parameters.append(parameter.defaultValue == nil ? name : name + "?")
                if let value = parameter.defaultValue?.value?.node {
                    defaults.append((name, source.text(in: value.range)))
                }
            }
            if let annotation = definition.returnAnnotation?.node {
                result = source.text(in: annotation.range).filter { $0 != "-" && $0 != ">" && $0 != " " }
            }
            documentation = definition.suite.map { source.text(in: $0.node.range) } ?? ""
        }
    }

    private static func declared(_ part: String) throws -> [Declared] {
        let file = try #require(PreludeFile.all.first { $0.name == "@envd/v1/\(part).envd" })
        let source = file.source
        return source.statements.compactMap { Declared($0, source) }.filter { $0.name != "step" }
    }

    private static func withoutMarks(_ parameters: [String]) -> [String] {
        parameters.map { $0.hasSuffix("??") ? String($0.dropLast()) : $0 }
    }

    @Test func theFileDeclaresTheFunctionsOfTheModule() throws {
        let declared = try Self.declared("llb")
        let functions = LLBModule.functions
        #expect(Set(declared.map(\.name)) == Set(functions.map(\.name)))
        for function in functions {
            let parameters = declared.first { $0.name == function.name }?.parameters
            #expect(parameters == Self.withoutMarks(function.parameters), "llb.\(function.name)")
        }
    }

    @Test func theFileDeclaresTheMethodsOfStates() throws {
        let declared = try Self.declared("state")
        #expect(declared.map(\.name).sorted() == StateValue.methodNames)
        for method in StateValue.methods {
            let parameters = declared.first { $0.name == method.name }?.parameters
            #expect(parameters == ["state"] + Self.withoutMarks(method.parameters), "State.\(method.name)")
        }
    }

    @Test("Every parameter is explained", arguments: ["llb", "state"])
    func documentation(part: String) throws {
        for function in try Self.declared(part) {
            #expect(function.documentation.contains("\"\"\""), "\(function.name)")
            guard !function.documentation.contains("says what the parameters mean") else { continue }
            // The file explains those itself, once for all.
            for parameter in function.parameters where !["*", "state", "name?", "constraints?"].contains(parameter) {
                let name = parameter.filter { $0 != "?" }
                #expect(function.documentation.contains("`\(name)`"), "\(function.name): \(name)")
            }
        }
    }

    // MARK: - Default values

    /// Arguments for what has no default.
    private static let required: [String: String] = [
        "image": "'alpine'", "oci_layout": "'x'", "local": "'x'", "git": "'https://example.com/x'",
        "http": "'https://example.com/x'", "merge": "[s, llb.image('b')]", "diff": "s, llb.image('b')",
        "bind_mount": "'/m', s", "cache_mount": "'/m', id='c'", "tmpfs_mount": "'/m'",
        "secret_mount": "'i', target='/t'", "copy": "llb.image('b'), '/a', '/b'", "mkdir": "'/d'",
        "mkfile": "'/f', 'x'", "symlink": "'a', 'b'", "rm": "'/x'", "run": "['x']", "file": "[llb.rm('/x')]",
    ]

    private func lines(_ expression: String) throws -> [String] {
        let program = """
            load("@envd/v1/llb.envd", "llb", "step")
            def build():
                step(lambda s, b: \(expression))
            """
        return try TemporaryProject(["build.envd": program]).plan().definition.entries.map(\.json)
    }

    @Test("A default value that is given changes nothing", arguments: ["llb", "state"])
    func defaults(part: String) throws {
        for function in try Self.declared(part) where !function.defaults.isEmpty {
            let callee = (part == "llb" ? "llb." : "s.") + function.name
            let required = Self.required[function.name].map { [$0] } ?? []
            func expression(_ arguments: [String]) -> String {
                let call = "\(callee)(\(arguments.joined(separator: ", ")))"
                return switch function.result {
                case "Mount": "s.run(['x'], mounts=[\(call)])"
                case "FileChange": "s.file([\(call)])"
                case "Constraints": "s.run(['x'], constraints=\(call))"
                default: call
                }
            }
            let given = function.defaults.filter { name, _ in
                !required.contains { $0.contains("\(name)=") }
            }
            #expect(
                try lines(expression(required)) == lines(expression(required + given.map { "\($0.name)=\($0.value)" })),
                "\(callee)")
        }
    }
}
