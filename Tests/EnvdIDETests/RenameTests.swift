import EnvdAnalysis
import EnvdSyntax
import Foundation
import Testing

@testable import EnvdIDE

@Suite struct RenameTests {
    /// The files after the name at the mark, in one of them, has been renamed; or why not.
    private func renamed(
        _ files: [String: String], to name: String = "new", others: [String: String] = [:]
    ) -> [String: String] {
        var files = files
        guard let marked = files.first(where: { $0.value.contains("⌖") }) else { return ["": "no mark"] }
        let snippet = Snippet(marked.value)
        files[marked.key] = snippet.file.text(in: 0..<snippet.file.utf8Count)
        let project = EditedProject(files, others: others)
        do throws(RenameRefusal) {
            let edit = try project.analysis(of: marked.key).rename(at: snippet.cursor, to: name)
            return project.applying(edit, in: marked.key).files
        } catch {
            return ["": error.message]
        }
    }

    private func renamed(_ text: String, to name: String = "new") -> String {
        let result = renamed(["build.envd": text], to: name)
        return result["build.envd"] ?? "refused: \(result[""] ?? "")"
    }

    @Test func locals() {
        #expect(
            renamed("def f():\n    x = 1\n    for y in [x⌖]:\n        x += y\n    return x\n")
                == "def f():\n    new = 1\n    for y in [new]:\n        new += y\n    return new\n")
        #expect(renamed("a = [x⌖ for x in [1] if x]\nx = 2\n") == "a = [new for new in [1] if new]\nx = 2\n")
        #expect(renamed("def f():\n    é😀 = 1\n    return é😀⌖\n").hasPrefix("refused"))
        #expect(renamed("f = lambda x⌖: x + 1\r\ny = 2\r\n") == "f = lambda new: new + 1\r\ny = 2\r\n")
    }

    @Test func parametersAndTheirArguments() {
        #expect(
            renamed("def f(x⌖, y = 2):\n    return x + y\n\na = f(x = 1)\nb = f(1, y = 2)\n")
                == "def f(new, y = 2):\n    return new + y\n\na = f(new = 1)\nb = f(1, y = 2)\n")
        #expect(
            renamed("def f(x):\n    return x\n\na = f(x⌖ = 1)\n") == "def f(new):\n    return new\n\na = f(new = 1)\n")
        #expect(
            renamed("def f(x⌖):\n    \"\"\"Does.\n\n    Args:\n        x (str): an x\n    \"\"\"\n    return x\n")
                == "def f(new):\n    \"\"\"Does.\n\n    Args:\n        new (str): an x\n    \"\"\"\n    return new\n")
    }

    @Test func parametersThatUnseenCallsMayName() {
        #expect(renamed("def f(x⌖):\n    return x\n\na = f(**{\"x\": 1})\n").hasPrefix("refused: a call takes"))
        #expect(renamed("def f(x⌖):\n    return x\n\ng = f\na = g(x = 1)\n").hasPrefix("refused: a function is called"))
        #expect(renamed("def f(x⌖, **rest):\n    return x\n\na = f(1, new = 2)\n").hasPrefix("refused"))
        // Nothing names it.
        #expect(!renamed("def f(x⌖):\n    return x\n\ng = f\na = g(1)\n").hasPrefix("refused"))
    }

    @Test func globalsAcrossFiles() {
        let files = [
            "lib.envd": "def helper(x):\n    return x\n\nsize = helper(1)\n",
            "a.envd": "load(\"lib.envd\", \"helper\", \"size\")\n\ny = helper(size)\n",
            "b.envd": "load(\"lib.envd\", mine = \"helper\")\n\ny = mine(1)\n",
            "c.envd": "helper = 3\ny = helper\n",
        ]
        let expected = [
            "lib.envd": "def new(x):\n    return x\n\nsize = new(1)\n",
            "a.envd": "load(\"lib.envd\", \"new\", \"size\")\n\ny = new(size)\n",
            "b.envd": "load(\"lib.envd\", mine = \"new\")\n\ny = mine(1)\n",
            "c.envd": "helper = 3\ny = helper\n",
        ]
        for (file, place) in [
            ("lib.envd", "def h⌖elper(x)"), ("a.envd", "y = helper⌖("), ("a.envd", "\"⌖helper\""),
            ("b.envd", "\"help⌖er\""),
        ] {
            var marked = files
            marked[file] = files[file]?.replacing(place.replacing("⌖", with: ""), with: place)
            #expect(renamed(marked) == expected)
        }
        var alias = files
        alias["b.envd"] = "load(\"lib.envd\", mine = \"helper\")\n\ny = mine⌖(1)\n"
        #expect(renamed(alias)["b.envd"] == "load(\"lib.envd\", new = \"helper\")\n\ny = new(1)\n")
        #expect(renamed(alias)["lib.envd"] == files["lib.envd"])
        #expect(renamed(alias, to: "_new")["b.envd"]?.hasPrefix("load(\"lib.envd\", _new =") == true)
        var hidden = files
        hidden["lib.envd"] = "def h⌖elper(x):\n    return x\n"
        #expect(renamed(hidden, to: "_helper")[""]?.contains("underscore") == true)
    }

    @Test func parametersAcrossFiles() {
        let result = renamed([
            "lib.envd": "def helper(x):\n    return x\n",
            "a.envd": "load(\"lib.envd\", mine = \"helper\")\n\ny = mine(x⌖ = 1)\n",
        ])
        #expect(result["lib.envd"] == "def helper(new):\n    return new\n")
        #expect(result["a.envd"] == "load(\"lib.envd\", mine = \"helper\")\n\ny = mine(new = 1)\n")
    }

    @Test func namesThatMeanSomethingElse() {
        #expect(renamed("def f(x⌖):\n    new = 1\n    return x + new\n").hasPrefix("refused: with the name 'new'"))
        // The global would be hidden.
        #expect(renamed("new = 1\n\ndef f(x⌖):\n    return x + new\n").hasPrefix("refused: with the name 'new'"))
        // It would hide the local.
        #expect(renamed("x⌖ = 1\n\ndef f(new):\n    return x + new\n").hasPrefix("refused: with the name 'new'"))
        #expect(renamed("def f(x⌖):\n    return x\n", to: "if") == "refused: 'if' is a keyword")
        #expect(renamed("def f(x⌖):\n    return x\n", to: "len") == "refused: 'len' is a name of envd's")
        #expect(renamed("def f(x⌖):\n    return x\n", to: "install") == "refused: 'install' is a name of envd's")
        #expect(renamed("def f(x⌖):\n    return x\n", to: "1a").hasPrefix("refused: '1a' is no name"))
        #expect(renamed("def f(x⌖):\n    return x\n", to: "a b").hasPrefix("refused: 'a b' is no name"))
        #expect(renamed("def f(x⌖):\n    return x\n", to: "").hasPrefix("refused"))
        #expect(renamed("def f(x⌖):\n    return x\n", to: "a\nb").hasPrefix("refused"))
        #expect(renamed("def f(x⌖):\n    return x +\n").hasPrefix("refused: there is a syntax error"))
    }

    @Test func whatIsNotTheFilesOwn() {
        #expect(renamed("def build():\n    ba⌖se()\n") == "refused: 'base' is a name of envd's")
        #expect(renamed("def build():\n    install.py⌖thon()\n").contains("is a name of envd's"))
        #expect(renamed("def build():\n    base(i⌖mage = \"x\")\n").contains("is a parameter of envd's"))
        #expect(renamed("x = \"a\".up⌖per()\n").contains("is a name of envd's"))
        #expect(renamed("def bu⌖ild():\n    base()\n").contains("envd runs the function 'build'"))
        #expect(renamed("load(\"li⌖b.envd\", \"x\")\n").hasPrefix("refused: the path of a file"))
        #expect(renamed("load(\"lib.envd\", \"x⌖\")\n").hasPrefix("refused: no file of the project"))
    }

    @Test func fieldsWhereTheyAreCertain() {
        func renamed(_ text: String) -> String {
            let result = self.renamed(["x_test.envd": text])
            return result["x_test.envd"] ?? "refused: \(result[""] ?? "")"
        }
        #expect(
            renamed("s = struct(a⌖ = 1, b = 2)\nx = s.a + s.b\n") == "s = struct(new = 1, b = 2)\nx = s.new + s.b\n")
        #expect(
            renamed("def f():\n    s = struct(a = 1)\n    return s.a⌖\n")
                == "def f():\n    s = struct(new = 1)\n    return s.new\n")
        #expect(renamed("s = struct(a⌖ = 1)\nprint(s)\n").hasPrefix("refused: nobody can tell"))
        #expect(renamed("s = struct(a⌖ = 1, **{})\nprint(s.a)\n").hasPrefix("refused: nobody can tell"))
        #expect(renamed("s = struct(a⌖ = 1, new = 2)\nprint(s.a)\n").hasPrefix("refused: the struct has"))
        #expect(renamed("def f(s):\n    return s.a⌖\n").hasPrefix("refused"))
    }

    @Test func whatIsPrepared() throws {
        let project = EditedProject(["build.envd": "x = 1\n\ndef f():\n    return x\n"])
        let analysis = project.analysis(of: "build.envd")
        let found = try #require(try analysis.renameTarget(at: 0))
        #expect(found == (0..<1, "x"))
        #expect(try analysis.renameTarget(at: 3) == nil)
    }

    // MARK: - Random projects

    private static var seeds: [UInt64] {
        let fixed: [UInt64] = Array(1...30)
        let fresh =
            ProcessInfo.processInfo.environment["RENAME_SEED"].flatMap(UInt64.init) ?? .random(in: 1_000...(.max))
        return fixed + (0..<5).map { fresh &+ $0 }
    }

    /// A rename is refused, or the programs print the same, and the old name gives the old text back.
    @Test func programsStayTheSame() {
        var (done, refused, running) = (0, 0, 0)
        for seed in RenameTests.seeds {
            var random = RandomProject(random: ProjectRandom(seed: seed))
            let project = random.project()
            let output = project.output(of: "build.envd")
            if !output.contains("error:") { running += 1 }
            for path in project.files.keys.sorted() {
                let analysis = project.analysis(of: path)
                let tokens = analysis.file.statements.flatMap { $0.tokens.filter { $0.kind == .identifier } }
                for _ in 0..<12 {
                    guard let token = tokens.randomElement(using: &random.random) else { continue }
                    let name = random.random.chance(50) ? random.random.pick(RandomProject.names) : "fresh_name"
                    if name == token.text { continue }
                    do throws(RenameRefusal) {
                        let edit = try analysis.rename(at: token.range.lowerBound, to: name)
                        let after = project.applying(edit, in: path)
                        done += 1
                        #expect(after.syntaxErrorCount == project.syntaxErrorCount)
                        let message: Comment =
                            "seed \(seed): \(token.text) at \(token.range.lowerBound) of \(path) to \(name)"
                        #expect(after.output(of: "build.envd") == output, message)
                        let place = edit.files.first { $0.file == .current }?.edits.inOrder.moved(
                            token.range.lowerBound)
                        let back = try after.analysis(of: path).rename(at: place ?? 0, to: token.text)
                        #expect(after.applying(back, in: path).files == project.files, message)
                    } catch {
                        refused += 1
                    }
                }
            }
        }
        #expect(running > RenameTests.seeds.count / 2, "most programs run to their end")
        #expect(done > 200 && refused > 25, "\(done) done, \(refused) refused")
    }
}
