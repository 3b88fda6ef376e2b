import EnvdIDE
import EnvdSyntax
import Testing

@Suite struct DocumentSymbolsTests {
    /// One symbol a line, its children indented.
    private func outline(_ text: String) -> String {
        let file = SourceFile(text)
        func lines(_ symbols: [OutlineSymbol], _ indentation: String) -> [String] {
            symbols.flatMap { symbol -> [String] in
                #expect(symbol.range.lowerBound <= symbol.nameRange.lowerBound)
                #expect(symbol.nameRange.upperBound <= symbol.range.upperBound)
                #expect(file.text(in: symbol.nameRange) == symbol.name)
                let line = "\(indentation)\(symbol.kind) \(symbol.name)\(symbol.detail ?? "")"
                return [line] + lines(symbol.children, indentation + "  ")
            }
        }
        return lines(documentSymbols(of: file), "").joined(separator: "\n")
    }

    @Test func functionsAndVariables() {
        let outline = outline(
            """
            load("lib.envd", "helper")
            PYTHON = "3.11"
            name = PYTHON

            def build(dev, *packages, shell = "zsh", **rest):
                base(dev = dev)
                local = 1
                def inner():
                    pass

            install.python()
            """)
        #expect(
            outline == """
                constant PYTHON
                variable name
                function build(dev, *packages, shell, **rest)
                  function inner()
                """)
    }

    @Test func everyNameOfATargetIsListedOnce() {
        let outline = outline(
            """
            (a, [b, c]), d = f()
            a = 2
            d += 1
            x.y = 3
            x[0] = 4
            E: int = 5
            """)
        #expect(outline == "variable a\nvariable b\nvariable c\nvariable d\nconstant E")
    }

    @Test func definitionsInsideOfControlFlowAreFound() {
        let outline = outline(
            """
            if x:
                def f(): pass
            elif y:
                g = 1
            else:
                for i in j:
                    def h(a): pass
            class A:
                def method(self): pass
            """)
        #expect(outline == "function f()\nvariable g\nfunction h(a)\nfunction method(self)")
    }

    @Test func brokenDefinitionsDoNotHideWhatFollows() {
        #expect(outline("def\ndef (\ndef ok(a,\n\ndef last():\n  pass\n").contains("function last()"))
        #expect(outline("def (a):\n    def inner(): pass\n") == "function inner()")
        #expect(outline("") == "")
    }

    @Test func rangeIsTheWholeDefinition() throws {
        let file = SourceFile("# before\ndef f():\n    pass\n\n# after\n")
        let symbol = try #require(documentSymbols(of: file).first)
        #expect(file.text(in: symbol.range) == "def f():\n    pass")
    }
}
