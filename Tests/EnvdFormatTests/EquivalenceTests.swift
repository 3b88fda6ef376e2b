@testable import EnvdFormat
import EnvdSyntax
import Testing

struct EquivalenceTests {
    @Test(arguments: [
        ("f(a, b)", "f(a, b,)"), ("x = (a)", "x = a"), ("x = 'a'", "x = \"a\""), ("a; b", "a\nb"),
        ("x = 0XAB", "x = 0xab"), ("x = 1.", "x = 1.0"), ("# a\n#b\n", "#a # b\n"), ("'''a\n   b'''", "'''a\nb'''"),
    ])
    func layoutMakesNoDifference(old: String, new: String) {
        #expect(Equivalence.difference(between: SourceFile(old), and: SourceFile(new)) == nil)
    }

    @Test(arguments: [
        ("x = (a,)", "x = (a)"), ("x = a", "x = b"), ("x = 'a'", "x = b'a'"), ("x = 'a b'", "x = 'a  b'"),
        ("x = 1", "x = 1.0"), ("x = (a + b) * c", "x = a + b * c"), ("# a\n", ""),
        ("if x:\n  a\n  b\n", "if x:\n  a\nb\n"),
        ("f(a, b)", "f(b, a)"), ("x = -1", "x = 1"), ("x = 1", "x = (1"), ("x = '''a\n b'''", "x = '''a\nb'''"),
    ])
    func anythingElseDoes(old: String, new: String) {
        #expect(Equivalence.difference(between: SourceFile(old), and: SourceFile(new)) != nil)
    }
}
