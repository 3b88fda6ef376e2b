import EnvdAnalysis
import EnvdSyntax
import Synchronization
import Testing

/// How files load each other: what each gives to the others, and what has to be found out again after a change.
@Suite struct ModuleGraphTests {
    /// Files that may change while a graph looks at them.
    private final class Project: Sendable {
        private let sources: Mutex<[String: SourceFile]>

        init(_ texts: [String: String]) { sources = Mutex(texts.mapValues { SourceFile($0) }) }

        subscript(name: String) -> String? {
            get { sources.withLock { $0[name] }.map { String(decoding: $0.bytes, as: UTF8.self) } }
            set { sources.withLock { $0[name] = newValue.map { SourceFile($0) } } }
        }

        var all: [String: SourceFile] { sources.withLock { $0 } }

        /// Answers with what the files are when it is asked.
        var files: ModuleFiles {
            ModuleFiles(
                locate: { [self] in ModuleFiles(all).locate($0) }, content: { [self] in ModuleFiles(all).content($0) },
                names: { [self] in ModuleFiles(all).names() }, library: { _ in nil })
        }
    }

    private func place(_ name: String) -> ModulePlace { ModulePlace(ModuleID(path: name, name: name)) }

    private func loaded(_ graph: ModuleGraph, by name: String, in project: Project) -> LoadedModules {
        guard let file = project.all[name] else { return LoadedModules() }
        return graph.modules(loadedBy: file, at: place(name))
    }

    private func load(_ texts: [String: String], _ path: String, by name: String = "build.envd") -> LoadedModule? {
        let project = Project(texts)
        return loaded(ModuleGraph(project.files), by: name, in: project).loads[path]
    }

    // MARK: - Interfaces

    @Test func whatAFileGives() throws {
        let lib = """
            load("v.envd", "CUDA")
            _hidden = 1
            NAMES = ["a"]

            def tools(port,
                      name = "x"):
                '''Installs tools.'''
                return CUDA

            """
        let project = Project([
            "build.envd": "load('lib.envd', 'tools')\n", "lib.envd": lib, "v.envd": "CUDA = '12'\n",
        ])
        let graph = ModuleGraph(project.files)
        let module = try #require(graph.module(ModuleID(path: "lib.envd", name: "lib.envd")))
        #expect(Set(module.interface.exports.keys) == ["NAMES", "tools"])
        #expect(module.interface.loadedNames == ["CUDA": "v.envd"])
        #expect(module.interface.privateNames == ["_hidden"])
        #expect(module.interface.isComplete && module.interface.isInert)
        let tools = try #require(module.interface.exports["tools"])
        #expect(tools.kind == .function)
        #expect(tools.header == "def tools(port, name = \"x\")")
        #expect(tools.documentation == "Installs tools.")
        #expect("\(tools.type)" == "(port, name = …) -> str")
        #expect("\(module.interface.exports["NAMES"]?.type ?? .unknown)" == "list[str]")
        let range = try #require(module.definitions["tools"])
        #expect(project.all["lib.envd"]?.text(in: range) == "tools")
    }

    @Test func aFileThatUsesTheAPIIsNotInert() throws {
        for (text, isInert) in [
            ("x = 1\n", true), ("def f():\n    base()\n", false), ("x = include('https://e.com/l')\n", false),
            ("load('x.envd', 'y')\n", false), ("load('inert.envd', 'y')\n", true), ("x = (\n", false),
            ("x = _build_context_dir\n", true), ("def base():\n    pass\n\nbase()\n", true),
        ] {
            let module = load(
                ["build.envd": "load('l.envd', 'x')\n", "l.envd": text, "inert.envd": "y = 1\n"], "l.envd")
            guard case .known(let interface)? = module else {
                Issue.record("\(text) gives \(String(describing: module))")
                continue
            }
            #expect(interface.isInert == isInert, "\(text)")
        }
    }

    // MARK: - Where loads lead

    @Test func cyclesAreFoundWithTheirWay() {
        let files = [
            "build.envd": "load('a.envd', 'x')\nload('c.envd', 'z')\n", "a.envd": "load('b.envd', 'y')\nx = 1\n",
            "b.envd": "load('./a.envd', 'x')\ny = 1\n", "c.envd": "load('c.envd', 'z')\nz = 1\n",
        ]
        #expect(load(files, "b.envd", by: "a.envd") == .cycle(["a.envd", "b.envd", "a.envd"]))
        #expect(load(files, "./a.envd", by: "b.envd") == .cycle(["b.envd", "a.envd", "b.envd"]))
        #expect(load(files, "c.envd", by: "c.envd") == .cycle(["c.envd", "c.envd"]))
        // Who is not in it has no cycle of its own, but does not know what it gets.
        #expect(load(files, "a.envd") == .unknown)
        #expect(load(files, "c.envd") == .unknown)
    }

    @Test func whatIsMissing() {
        let files = [
            "build.envd": ["libs.envd", "lib", "v.envd", "d", "../x.envd", "none.envd", "n/../lib.envd"].map {
                "load('\($0)', 'x')\n"
            }.joined(), "lib.envd": "", "d/v.envd": "", "d/w.envd": "load('v.envd', 'x')\n",
        ]
        func missing(_ guess: MissingModule.Guess?) -> LoadedModule { .missing(MissingModule(guess: guess)) }
        #expect(load(files, "libs.envd") == missing(.similar("lib.envd")))
        #expect(load(files, "lib") == missing(.ending("lib.envd")))
        #expect(load(files, "v.envd") == missing(.elsewhere("d/v.envd")))
        #expect(load(files, "d") == .folder)
        #expect(load(files, "../x.envd") == .outside)
        #expect(load(files, "none.envd") == missing(nil))
        #expect(load(files, "n/../lib.envd") == missing(.elsewhere("lib.envd")))
        #expect(load(files, "v.envd", by: "d/w.envd") == missing(.beside("d/v.envd")))
    }

    @Test func testsLookInTheirOwnFolderFirst() throws {
        let project = Project([
            "d/a_test.envd": "load('lib.envd', 'x')\nload('assert.star', 'assert')\nload('top.envd', 'y')\n",
            "d/lib.envd": "x = 1\n", "lib.envd": "x = ''\n", "top.envd": "y = 2\n",
        ])
        let file = try #require(project.all["d/a_test.envd"])
        let id = ModuleID(path: "d/a_test.envd", name: "d/a_test.envd")
        let loaded = ModuleGraph(project.files).modules(loadedBy: file, at: ModulePlace(id, isTest: true))
        #expect("\(loaded.interface(loadedFrom: "lib.envd")?.exports["x"]?.type ?? .unknown)" == "Literal[1]")
        #expect(loaded.interface(loadedFrom: "top.envd") != nil)
        #expect(loaded.loads["assert.star"] == .unknown)
    }

    @Test func whereNamesAreDefined() {
        let project = Project([
            "build.envd": "", "d/lib.envd": "load('v.envd', 'y')\n_z = 1\nx = y\n", "v.envd": "y = 1\n",
        ])
        let graph = ModuleGraph(project.files)
        let place = place("build.envd")
        let lib = ModuleID(path: "d/lib.envd", name: "d/lib.envd")
        #expect(
            graph.definition(of: "x", loadedFrom: "./d/lib.envd", at: place)
                == ModuleDefinition(file: lib, range: 27..<28))
        for name in ["y", "_z", "none"] {
            #expect(graph.definition(of: name, loadedFrom: "d/lib.envd", at: place) == nil)
        }
        #expect(graph.exports(ofLoad: "d/lib.envd", at: place).map(\.name) == ["x"])
        #expect(graph.loadablePaths(at: place) == ["d/lib.envd", "v.envd"])
        #expect(graph.loaders(of: ModuleID(path: "v.envd", name: "v.envd")) == [lib])
        #expect(graph.loaders(of: lib) == [])
    }

    @Test func openDocumentsHideFiles() {
        let project = Project(["build.envd": "load('a.envd', 'x')\n", "a.envd": "y = 1\n"])
        let graph = ModuleGraph(project.files.with { $0 == "a.envd" ? SourceFile("x = 1\n") : nil })
        #expect(loaded(graph, by: "build.envd", in: project).interface(loadedFrom: "a.envd")?.exports["x"] != nil)
    }

    @Test func aFileOfManyMistakesIsSoonDone() {
        var files = ["build.envd": (0..<200).map { "load('missing_file_number_\($0).envd', 'x')\n" }.joined()]
        for number in 0..<400 { files["existing_file_number_\(number).envd"] = "" }
        let project = Project(files)
        let loads = loaded(ModuleGraph(ModuleFiles(project.all)), by: "build.envd", in: project).loads
        #expect(loads.count == 200)
        #expect(loads.values.allSatisfy { if case .missing = $0 { true } else { false } })
    }

    // MARK: - Changes

    @Test func onlyWhatDependsOnAChangeIsMadeAnew() {
        let project = Project([
            "build.envd": "load('a.envd', 'x')\nload('d.envd', 'w')\n", "a.envd": "load('b.envd', 'y')\nx = y\n",
            "b.envd": "load('c.envd', 'z')\ny = z\n", "c.envd": "z = 1\n", "d.envd": "w = 1\n",
        ])
        let graph = ModuleGraph(project.files)
        func made(_ change: () -> [String]) -> Int {
            let before = graph.madeCount
            graph.filesChanged(change())
            _ = loaded(graph, by: "build.envd", in: project)
            return graph.madeCount - before
        }
        #expect(made { [] } == 4)
        #expect(made { [] } == 0)
        #expect(made { ["c.envd", "d.envd"] } == 0)
        func write(_ text: String, to name: String) -> [String] {
            project[name] = text
            return [name]
        }
        // What nobody can see from outside ends where it is.
        #expect(made { write("# why\nz = 1\n_y = 2\n", to: "c.envd") } == 2)
        #expect(made { write("# because\n\nz = 1\n_y = 2\n", to: "c.envd") } == 1)
        #expect(made { write("z = ''\n", to: "c.envd") } == 3)
        #expect(made { write("w = 2\n", to: "d.envd") } == 1)
        project["c.envd"] = nil
        #expect(made { ["c.envd"] } == 2)
    }

    /// Random changes of random projects: whatever was found out before, the answers are those of a graph that knows nothing.
    @Test(arguments: 0..<24) func changesGiveWhatAFreshGraphGives(seed: UInt64) {
        var dice = Dice(seed: seed)
        let names = (0..<6).map { $0 == 0 ? "build.envd" : $0 % 2 == 0 ? "d/f\($0).envd" : "f\($0).envd" }
        func text() -> String {
            var lines: [String] = []
            for number in 0..<dice.next(4) {
                let target = dice.next(8) == 0 ? "none.envd" : names[dice.next(names.count)]
                lines.append("load('\(target)', l\(number)='v\(dice.next(3))')")
            }
            for number in 0..<dice.next(4) {
                switch dice.next(4) {
                case 0: lines.append("v\(number) = l\(dice.next(3))")
                case 1: lines.append("def v\(number)(a):\n    return l\(dice.next(3))")
                case 2: lines.append("v\(number) = \(dice.next(9))")
                default: lines.append("v\(number) = ['\(dice.next(9))'] + base")
                }
            }
            return lines.joined(separator: "\n") + "\n"
        }
        let project = Project(Dictionary(uniqueKeysWithValues: names.map { ($0, text()) }))
        let graph = ModuleGraph(project.files)
        for _ in 0..<12 {
            let fresh = ModuleGraph(project.files)
            for name in names {
                #expect(loaded(graph, by: name, in: project) == loaded(fresh, by: name, in: project), "seed \(seed)")
            }
            var changed: [String] = []
            for _ in 0...dice.next(2) {
                let name = names[dice.next(names.count)]
                project[name] = dice.next(5) == 0 ? nil : text()
                changed.append(name)
            }
            graph.filesChanged(changed)
        }
    }

    @Test func manyThreadsGetTheSame() async throws {
        var texts: [String: String] = [:]
        for number in 0..<40 {
            let loads = ((number + 1)..<min(number + 4, 40)).map { "load('f\($0).envd', l\($0)='x')\n" }.joined()
            let sum = ((number + 1)..<min(number + 4, 40)).map { "l\($0)" }.joined(separator: ", ")
            texts["f\(number).envd"] = "\(loads)x = [\(sum)]\n"
        }
        let project = Project(texts)
        let (shared, alone) = (ModuleGraph(project.files), ModuleGraph(project.files))
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    if number % 10 == 9 { shared.filesChanged(["f\(number).envd"]) }
                    _ = loaded(shared, by: "f\(number).envd", in: project)
                }
            }
        }
        for name in texts.keys.sorted() {
            #expect(loaded(shared, by: name, in: project) == loaded(alone, by: name, in: project))
        }
    }

    // MARK: - Bounds

    @Test func longChainsAndWideCirclesTakeNoStack() {
        var chain: [String: String] = [:]
        for number in 0..<3_000 { chain["f\(number).envd"] = "load('f\(number + 1).envd', 'x')\nx = 1\n" }
        chain["f3000.envd"] = "x = 1\n"
        guard case .known? = load(chain, "f1.envd", by: "f0.envd") else {
            Issue.record("the end of the chain is not known")
            return
        }
        chain["f3000.envd"] = "load('f0.envd', 'x')\n"
        guard case .cycle(let way)? = load(chain, "f1.envd", by: "f0.envd") else {
            Issue.record("the circle is not found")
            return
        }
        #expect(way.count == 3_002)
    }

    /// Functions that give structs of functions that give structs of functions …
    @Test func whatIsNestedWithoutEndIsUnknown() {
        var text = "def f0():\n    return {}\n"
        for number in 1..<40 {
            let members = (0..<8).map { "'\($0)': f\(max(0, number - 1 - $0 % 3))" }.joined(separator: ", ")
            text +=
                "def f\(number)():\n    return [\(members.split(separator: ":").count > 0 ? "f\(number - 1)" : ""), {\(members)}]\n"
        }
        guard case .known(let interface)? = load(["build.envd": "load('l.envd', 'f39')\n", "l.envd": text], "l.envd")
        else {
            Issue.record("the file is not known")
            return
        }
        #expect(interface.exports.count == 40)
    }
}

/// Numbers that only look random.
private struct Dice {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }
}
