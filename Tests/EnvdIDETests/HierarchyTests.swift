import EnvdAnalysis
import EnvdSyntax
import Testing

@testable import EnvdIDE

@Suite struct HierarchyTests {
    private let project = EditedProject([
        "lib.envd": "def helper(x):\n    return len([x])\n\ndef _inner():\n    return helper(1)\n",
        "build.envd": """
        load("lib.envd", mine = "helper")

        def build():
            base()
            install.python()
            mine(1)
            def nested():
                mine(2)
            nested()

        value = mine(x = 3)

        """,
    ])

    private func places(_ calls: [HierarchyCall]) -> [String] {
        calls.map { call in
            let file: String =
                switch call.item.file {
                case .current: "here"
                case .module(let id): id.name
                case .prelude(let name), .stubs(let name): name
                }
            return "\(call.item.name) in \(file)\(call.item.isFile ? " (file)" : ""): \(call.ranges.count)"
        }
    }

    @Test func incoming() {
        let analysis = project.analysis(of: "lib.envd")
        #expect(analysis.callHierarchy(at: 5).map(\.name) == ["helper"])
        #expect(
            places(analysis.incomingCalls(at: 5)) == [
                "_inner in here: 1", "build in build.envd: 1", "nested in build.envd: 1",
                "build.envd in build.envd (file): 1",
            ])
    }

    @Test func outgoing() {
        let analysis = project.analysis(of: "build.envd")
        let build = analysis.file.bytes.firstRange(of: Array("build()".utf8))?.lowerBound ?? 0
        #expect(
            places(analysis.outgoingCalls(ofFunctionAt: build)) == [
                "base in @envd/v1/universe.envd: 1", "python in @envd/v1/install.envd: 1", "helper in lib.envd: 1",
                "nested in here: 1",
            ])
        #expect(places(analysis.outgoingCallsOfFile()) == ["helper in lib.envd: 1"])
        #expect(places(project.analysis(of: "lib.envd").outgoingCalls(ofFunctionAt: 5)) == ["len in functions: 1"])
    }

    @Test func variablesThatChangeTogether() {
        func linked(_ text: String) -> [String] {
            let snippet = Snippet(text)
            let ranges = FileAnalysis(snippet.file).linkedEditingRanges(at: snippet.cursor)
            return ranges.map { "\($0.lowerBound)" }
        }
        #expect(linked("def f():\n    for x⌖ in [1]:\n        print(x)\n") == ["17", "41"])
        #expect(linked("a = [x for x⌖ in [1]]\n") == ["5", "11"])
        #expect(linked("a = lambda x⌖: x\n") == ["11", "14"])
        // Over a use somebody types another name.
        #expect(linked("a = [x⌖ for x in [1]]\n") == [])
        #expect(linked("def f(x⌖):\n    return x\n") == [])
        #expect(linked("x⌖ = 1\ny = x\n") == [])
        #expect(linked("def f():\n    x⌖ = 1\n    x = 2\n    return x\n") == [])
    }

    @Test func symbolsByParts() {
        let file = SourceFile("def build_image():\n    pass\n\nbuildImage = 1\nimage = 2\nbig = 3\nother = 4\n")
        func found(_ query: String) -> [String] {
            projectSymbols(of: file, matching: query).sorted { $0.score > $1.score }.map(\.symbol.name)
        }
        #expect(found("image") == ["image", "buildImage", "build_image"])
        #expect(Set(found("bi")) == ["build_image", "buildImage", "big"])
        #expect(found("zzz") == [])
        #expect(found("").count == 5)
        #expect(found("OTHER") == ["other"])
        #expect(found("gb") == [])
    }

    @Test func links() {
        let project = EditedProject(
            [
                "build.envd": """
                load("lib.envd", "x")
                envdlib = include("https://github.com/tensorchord/envdlib")

                def build():
                    install.python_packages(requirements = "requirements.txt")
                    install.python_packages(requirements = "missing.txt")
                    run(commands = ["curl https://example.com/a?b=c, https://example.org."])

                """, "lib.envd": "x = 1\n",
            ], others: ["requirements.txt": "numpy\n"])
        let analysis = project.analysis(of: "build.envd")
        let links = analysis.documentLinks().map { link in
            "\(analysis.file.text(in: link.range)) \(link.destination)"
        }
        #expect(links.count == 5)
        #expect(links[0].hasPrefix("lib.envd file("))
        #expect(links[1] == "https://github.com/tensorchord/envdlib url(\"https://github.com/tensorchord/envdlib\")")
        #expect(links[2] == "requirements.txt path(\"/project/requirements.txt\")")
        #expect(links[3] == "https://example.com/a?b=c url(\"https://example.com/a?b=c\")")
        #expect(links[4] == "https://example.org url(\"https://example.org\")")
    }

    @Test func renamedFiles() {
        let project = EditedProject([
            "build.envd":
                "load(\"lib/tools.envd\", \"x\")\nload('./lib/other.envd', \"y\")\nload(\"top.envd\", \"z\")\n",
            "lib/tools.envd": "load(\"lib/other.envd\", \"y\")\nx = 1\n", "lib/other.envd": "y = 1\n",
            "top.envd": "z = 1\n",
            "lib/tools_test.envd": "load(\"tools.envd\", \"x\")\nload(\"top.envd\", \"z\")\n",
        ])
        func after(_ old: String, _ new: String) -> [String: String] {
            let rename = FileRename(old: "/project/\(old)", new: "/project/\(new)")
            return project.applying(project.project.edit(forRenaming: [rename]), in: "").files
        }
        let moved = after("lib/tools.envd", "lib/things.envd")
        #expect(moved["build.envd"]?.hasPrefix("load(\"lib/things.envd\", \"x\")\nload('./lib/other.envd'") == true)
        #expect(moved["lib/tools_test.envd"] == "load(\"things.envd\", \"x\")\nload(\"top.envd\", \"z\")\n")
        let folder = after("lib", "parts/library")
        #expect(
            folder["build.envd"]
                == "load(\"parts/library/tools.envd\", \"x\")\nload('parts/library/other.envd', \"y\")\nload(\"top.envd\", \"z\")\n"
        )
        #expect(folder["lib/tools.envd"]?.hasPrefix("load(\"parts/library/other.envd\"") == true)
        // A test that moves with its folder finds its neighbours as before.
        #expect(folder["lib/tools_test.envd"] == project.files["lib/tools_test.envd"])
        let away = after("lib/tools_test.envd", "tests/tools_test.envd")
        #expect(away["lib/tools_test.envd"] == "load(\"lib/tools.envd\", \"x\")\nload(\"top.envd\", \"z\")\n")
        #expect(after("nothing", "else") == project.files)
    }
}
