import EnvdSyntax
import Starlark
import Testing

/// What an application sees of the engine: host functions, host values, modules, call sites, limits.
@Suite struct HostFaceTests {
    /// A counter that programs can read and add to.
    private final class Counter: HostValue {
        let count: Int
        let typeName = "counter"
        let attributeNames = ["count", "plus"]

        init(_ count: Int) {
            self.count = count
        }

        func attribute(named name: String, in heap: Heap) -> Value? {
            name == "count" ? heap.int(count) : nil
        }

        func method(named name: String) -> HostFunction? {
            name == "plus" ? Self.plus : nil
        }

        private static let plus = HostFunction("plus", "amount?") { call in
            let count = call.receiver?.asHost(Counter.self)?.count ?? 0
            return call.heap.host(Counter(count + (try call.bind().int("amount", default: 1))))
        }

        func binary(
            _ operation: BinaryOperator, _ other: Value, isRight: Bool, in heap: Heap
        ) throws(EvaluationError) -> Value? {
            guard operation == .add, let other = other.asHost(Counter.self) else { return nil }
            return heap.host(Counter(count + other.count))
        }

        func isEqual(to other: any HostValue) -> Bool {
            (other as? Counter)?.count == count
        }

        func hash(into hasher: inout Hasher) -> Bool {
            hasher.combine(count)
            return true
        }
    }

    private static func run(_ program: String, _ functions: HostFunction...) throws -> (Module, Evaluation) {
        let evaluation = Evaluation()
        evaluation.predeclared = ["zero": evaluation.heap.host(Counter(0))]
        for function in functions { evaluation.predeclared[function.name] = evaluation.heap.function(function) }
        return (try evaluation.execute(SourceFile(program), named: "build.envd"), evaluation)
    }

    @Test func hostValuesHaveAttributesOperatorsAndHashes() throws {
        let (module, evaluation) = try Self.run(
            """
            two = zero.plus().plus()
            three = two + zero.plus(amount = 1)
            same = zero.plus(3) == three
            found = {three: "yes"}[zero.plus(3)]
            names = dir(zero)
            kind = type(zero)
            text = str(zero)
            """)
        #expect(module["three"]?.asHost(Counter.self)?.count == 3)
        #expect(module["same"]?.asBool == true)
        #expect(module["found"]?.asString == "yes")
        #expect(try module["names"]?.represented(in: evaluation) == #"["count", "plus"]"#)
        #expect(module["kind"]?.asString == "counter")
        #expect(module["text"]?.asString == "<counter>")
    }

    @Test func unknownAttributesAreHintedAt() throws {
        let error = #expect(throws: EvaluationError.self) { try Self.run("zero.cuont") }
        #expect(error?.message == "counter has no .cuont field or method (did you mean .count?)")
    }

    @Test func argumentsAreUnpackedWithPreciseErrors() throws {
        let install = HostFunction("install", "packages", "channel??", "*", "port?") { call in
            let arguments = try call.bind()
            _ = try arguments.strings("packages")
            return call.heap.string(
                "\(try arguments.string("channel", default: "main")) \(try arguments.int("port", default: 80))")
        }
        let cases = [
            (#"install(["a"])"#, "main 80"),
            (#"install(packages = ["a"], channel = "x", port = 1)"#, "x 1"),
            (#"install(("a",), None)"#, "main 80"),
            ("install()", "install: missing argument for packages"),
            ("install([], '', 1)", "install: got 3 positional arguments, want at most 2"),
            ("install([], pakages = [])", "install: unexpected keyword argument pakages (did you mean packages?)"),
            ("install([], packages = [])", "install: got multiple values for keyword argument packages"),
            ("install('a')", "install: for parameter packages: got string, want list or tuple"),
            ("install(['a', 1])", "install: for parameter packages: element 1: got int, want string"),
            ("install([], port = '80')", "install: for parameter port: got string, want int"),
            ("install([], port = 1 << 70)", "install: for parameter port: 1180591620717411303424 out of range"),
        ]
        for (call, expected) in cases {
            do {
                let (module, _) = try Self.run("x = \(call)", install)
                #expect(module["x"]?.asString == expected, "\(call)")
            } catch let error as EvaluationError {
                #expect(error.message == expected, "\(call)")
            }
        }
    }

    @Test func aCallKnowsItsCallSite() throws {
        final class Seen {
            var stacks: [[StackFrame]] = []
        }
        let seen = Seen()
        let operation = HostFunction("operation") { call in
            seen.stacks.append(call.callStack)
            return .none
        }
        let program = "def build():\n    step(1)\n\ndef step(n):\n    operation(n)\n\nbuild()\n"
        _ = try Self.run(program, operation)
        let stack = try #require(seen.stacks.first)
        let texts = stack.map { frame in
            "\(frame.function) \(frame.file):\(frame.line):\(frame.column) "
                + SourceFile(program).text(in: frame.range ?? 0..<0)
        }
        #expect(
            texts == [
                "<toplevel> build.envd:7:1 build()", "build build.envd:2:5 step(1)",
                "step build.envd:5:5 operation(n)",
            ])
    }

    @Test func hostFunctionsCallBack() throws {
        let twice = HostFunction("twice", "function") { call in
            let function = try call.bind().value("function")
            let once = try call.evaluation.call(function, [.int(1)])
            return try call.evaluation.call(function, [once], named: [("scale", .int(10))])
        }
        let (module, _) = try Self.run("x = twice(lambda n, scale = 2: n * scale)", twice)
        #expect(module["x"]?.asInt == 20)
    }

    @Test func errorsOfTheHostBecomeErrorsOfTheProgram() throws {
        struct Refusal: Error, CustomStringConvertible {
            let description = "not today"
        }
        let error = #expect(throws: EvaluationError.self) {
            try Self.run("refuse()", HostFunction("refuse") { _ in throw Refusal() })
        }
        #expect(error?.message == "refuse: not today")
        #expect(error?.description == "build.envd:1:1: refuse: not today")
    }

    @Test func functionsAreCalledAfterTheirFileRan() throws {
        let (module, evaluation) = try Self.run("base = 40\ndef f(x, *, y = 1):\n    return base + x + y\n")
        let function = try #require(module["f"])
        #expect(try evaluation.call(function, [.int(1)]).asInt == 42)
        #expect(throws: EvaluationError.self) { try evaluation.call(function, []) }
    }

    @Test func aFunctionOutlivesItsModule() throws {
        let evaluation = Evaluation()
        let function = try evaluation.execute(
            SourceFile("x = 1\ndef f():\n    return x\n"), named: "gone.star")["f"]
        #expect(try evaluation.call(try #require(function)).asInt == 1)
    }

    @Test func aModuleOutlivesItsEvaluation() throws {
        let module = try Evaluation().execute(
            SourceFile("words = [\"a\" * 100]\ndef f(n):\n    return [words, n]\n"), named: "lib.star")
        let evaluation = Evaluation()
        evaluation.onLoad = { _, _ in module }
        let user = try evaluation.execute(
            SourceFile("load(\"lib.star\", \"f\")\nx = f(1)[0][0]\n"), named: "user.star")
        #expect(user["x"]?.asString == String(repeating: "a", count: 100))
    }

    @Test func aSessionGoesOnWithItsValues() throws {
        let evaluation = Evaluation()
        let first = try evaluation.execute(
            Program(SourceFile("x = []\n"), named: "1"), freezing: false)
        let values = Dictionary(first.variables.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        _ = try evaluation.execute(
            Program(SourceFile("x.append(1)\n"), named: "2"), predeclared: values, freezing: false)
        #expect(first["x"]?.asSequence?.count == 1)
    }

    @Test func eachFileMayHaveItsOwnEnvironment() throws {
        let evaluation = Evaluation()
        evaluation.predeclared = ["who": evaluation.heap.string("user")]
        let library = try evaluation.execute(
            SourceFile("def greet():\n    return who\n"), named: "lib",
            predeclared: ["who": evaluation.heap.string("library")])
        let greet = try #require(library["greet"])
        #expect(try evaluation.call(greet).asString == "library")
        let user = try evaluation.execute(SourceFile("x = who"), named: "user")
        #expect(user["x"]?.asString == "user")
    }

    @Test func onlyPublicNamesAreExported() throws {
        let (module, _) = try Self.run("b = 1\n_c = 2\na = [3]\nif False:\n    d = 4\n")
        #expect(module.exported.map(\.name) == ["b", "a"])
        #expect(module["_c"]?.asInt == 2)
        #expect(module["d"] == nil)
    }

    @Test func aProgramServesManyEvaluationsAtOnce() async throws {
        let program = try Program(
            SourceFile("def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\nx = fib(15)\nd = {x: [x]}\n"),
            named: "fib.star")
        let results = await withTaskGroup(of: Int?.self) { group in
            for _ in 0..<8 {
                group.addTask { try? Evaluation().execute(program)["x"]?.asInt }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results == Array(repeating: 610, count: 8))
    }

    @Test func cancellationEndsALoop() throws {
        let flag = CancellationFlag()
        let evaluation = Evaluation(cancellation: flag)
        evaluation.onPrint = { _, _ in flag.cancel() }
        let error = #expect(throws: EvaluationError.self) {
            try evaluation.execute(SourceFile("print(1)\nwhile True:\n    pass\n"), named: "loop.star")
        }
        #expect(error?.kind == .cancelled)
    }
}
