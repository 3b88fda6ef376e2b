import EnvdSyntax
import Starlark
import Testing

/// The example of `Sources/Starlark/README.md`: what stands between the two marks stands there too, word for word.
@Suite struct EmbeddingExample {
    @Test func runs() throws {
        #expect(try example() == ["db: 5432/tcp", "db: 5433/udp"])
        let error = #expect(throws: EvaluationError.self) {
            try run("publish(port = 80)")
        }
        #expect(error?.description == "ports.star:1:1: publish: missing argument for service")
    }
}

// begin of the example

/// A port that programs can pass around and look into.
private final class Port: HostValue {
    let typeName = "port"
    let number: Int
    let transport: String

    init(_ number: Int, _ transport: String) {
        self.number = number
        self.transport = transport
    }

    var printed: String { "\(number)/\(transport)" }

    let attributeNames = ["number"]

    func attribute(named name: String, in heap: Heap) -> Value? {
        name == "number" ? heap.int(number) : nil
    }
}

/// Runs a program that publishes ports, and returns what it published.
private func run(_ program: String) throws -> [String] {
    var published: [String] = []
    let evaluation = Evaluation()
    let functions = [
        HostFunction("port", "number", "transport?") { call in
            let arguments = try call.bind()
            let number = try arguments.int("number")
            guard (1...65_535).contains(number) else { throw EvaluationError("no port has the number \(number)") }
            return call.heap.host(Port(number, try arguments.string("transport", default: "tcp")))
        },
        HostFunction("publish", "service", "*", "port") { call in
            let arguments = try call.bind()
            let port = try arguments.host("port", as: Port.self, wanted: "port")
            published.append("\(try arguments.string("service")): \(port.printed)")
            return .none
        },
    ]
    for function in functions {
        evaluation.predeclared[function.name] = evaluation.heap.function(function)
    }
    _ = try evaluation.execute(SourceFile(program), named: "ports.star")
    return published
}

private func example() throws -> [String] {
    try run(
        """
        database = port(5432)
        for transport in ["tcp", "udp"]:
            number = database.number + (0 if transport == "tcp" else 1)
            publish("db", port = port(number, transport))
        """)
}

// end of the example
