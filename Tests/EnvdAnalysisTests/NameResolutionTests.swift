import EnvdAnalysis
import EnvdSyntax
import Testing

/// What each name means, marked in the program: `①` stands before a definition, and before each use that means it.
@Suite struct NameResolutionTests {
    @Test(arguments: [
        // A function's variable, and the file's of the same name.
        "①x = 1\ndef f():\n    ②x = 2\n    return ②x\ny = ①x\n",
        // A use before its definition.
        "def f():\n    return ①x\n①x = 1\n",
        // A comprehension reads its first iterable outside.
        "①x = []\ny = [②x for ②x in ①x if ②x]\n",
        "①x = []\ny = [②a for ③x in [①x] for ②a in ③x]\n",
        // Defaults are outside, the body inside.
        "①a = 1\ndef f(②a=①a):\n    return ②a\n",
        "①a = 1\ng = lambda ②a=①a: ②a\n",
        // A closure sees through functions and comprehensions.
        "def f(①a):\n    def g():\n        return [①a for b in [①a]]\n",
        // Targets that only read.
        "①x = {}\ndef f():\n    ①x[0] = 1\n    ①x.y = 2\n",
        // Every definition of a name in a scope is the same variable.
        "def f():\n    ①x = 1\n    ①x += 1\n    for ①x, y in []:\n        pass\n    return ①x\n",
        "load('a.envd', ①b='c')\n①b()\n",
    ])
    func names(program: String) throws {
        let (source, marks) = unmarked(program)
        let names = NameResolution(SourceFile(source))
        var meanings: [Character: Set<Int>] = [:]
        for (offset, mark) in marks {
            let binding = try #require(names.binding(touching: offset), "nothing at \(offset) in \(source)")
            meanings[mark, default: []].insert(binding)
        }
        // One mark, one binding; another mark, another binding.
        #expect(meanings.values.allSatisfy { $0.count == 1 }, "\(source)")
        #expect(Set(meanings.values).count == meanings.count, "\(source)")
    }

    @Test func namesInScopeAreThoseFurtherOutToo() throws {
        let names = NameResolution(SourceFile("a = 1\ndef f(b):\n    c = [d for d in b]\n    return e\n"))
        let use = try #require(names.uses.first { names.name(of: $0) == "e" })
        #expect(names.names(visibleFrom: use.scope) == ["a", "f", "b", "c"])
        #expect(use.binding == nil)
    }

    private func unmarked(_ program: String) -> (source: String, marks: [(offset: Int, mark: Character)]) {
        var source = ""
        var marks: [(Int, Character)] = []
        for character in program {
            if "①②③".contains(character) {
                marks.append((source.utf8.count, character))
            } else {
                source.append(character)
            }
        }
        return (source, marks)
    }
}

@Suite struct SpellingTests {
    @Test(arguments: [
        ("bse", "base"), ("instal", "install"), ("prnit", "print"), ("Install", "install"), ("gitconfig", "git_config"),
        ("runtme", "runtime"),
    ])
    func aSlipIsFound(name: String, meant: String) {
        #expect(
            nearestName(to: name, among: ["x", "base", "install", "print", "git_config", "runtime", "io"]) == meant)
    }

    @Test(arguments: ["i", "xy", "completely", "", "基"])
    func nothingIsForced(name: String) {
        #expect(nearestName(to: name, among: ["base", "io", "run", "x", "install"]) == nil)
    }

    @Test func theNearestWins() {
        #expect(nearestName(to: "confg", among: ["conf", "config", "confi"]) == "conf")
        #expect(nearestName(to: "config_", among: ["confi", "config"]) == "config")
    }
}
