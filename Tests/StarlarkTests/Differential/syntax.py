"""Programs that are refused before they run, mostly: statements out of place, and programs with tokens changed."""

import re

import functions
import statements
from source import Source

#: Statements of which many are refused, by the parser or when names are resolved.
STATEMENTS = [
    "return 1", "break", "continue", "def f(a, a): pass", "def f(a = 1, b): pass", "def f(*a, *b): pass",
    "def f(**a, b): pass", "def f(*): pass",
    "def f(*, **k): pass", "def f(**k, *a): pass", "def f(*a, b, c = 1, **k): pass", "def f(a, *, a): pass",
    "lambda a, a: 1", "lambda *: 1",
    "f = lambda: (yield)", "x = y_undefined", "def f(): return undefined", "print(later)\nlater = 1",
    "f(a = 1, a = 2)", "f(a = 1, 2)", "f(**{}, 1)",
    "f(*[], 1)", "f(*[], *[])", "f(**{}, **{})", "f(**{}, *[])", "f(1, *[], a = 1)", "f(*[], a = 1, **{})", "1 = 2",
    "f() = 1", "(a, 1) = 1, 2", "[a, b] += 1",
    "a, b += 1", "(a) += 1", "a = 1\n(a) = 2", "a.b = 1", "a + b = 1", "lambda: 1 = 2", "x = 1 if True",
    "x = if 1: 2", "x = not", "x = 1 < 2 < 3", "x = 1 == 2 == 3",
    "x = 1 in [1] in [2]", "x = not 1 == 2", "x = 1 not in [2]", "x = not not 1", "x = - - 1", "x = ~-+1", "x = a b",
    "x = 'a' 'b'", "x = ()", "x = (,)", "x = (1,)", "x = [,]",
    "x = [1,]", "x = {,}", "x = {1}", "x = {1: 2,}", "x = {1: 2, 3}", "x = {**{}}", "x = [*[1]]", "x = *[1]",
    "*a, b = [1]", "a, *b = [1, 2]", "for x in [1]: pass",
    "for x, in [(1,)]: print(x)", "for x.y in []: pass", "for 1 in []: pass", "for x in 1, 2: print(x)",
    "for x in: pass", "for x [1]: pass", "while 1: break", "while: pass",
    "if 1: pass\nelse: pass", "if 1: pass\nelif: pass", "if x = 1: pass", "else: pass", "elif 1: pass", "if 1:\npass",
    "if 1:\n    x = 1\n  y = 2", "    x = 1", "x = 1; y = 2; print(x, y)",
    "x = 1;", ";", "x = 1;; y = 2", "pass; pass", "if 1: x = 1; y = 2", "if 1: if 2: pass",
    "def f(): x = 1; return x", "class A: pass", "import os", "from a import b", "try: pass", "with a: pass",
    "raise x", "del x", "global x", "nonlocal x", "assert 1", "async def f(): pass", "x = await y", "x is y",
    "x = y is z", "yield 1", "x = 1 // 2", "x = 1 ** 2", "x = a @ b", "x = a <> b", "x = !a",
    "x = a && b", "x = `a`", "x = $a", "x = a ? b : c", "x: int = 1", "def f(a: int) -> int: return a", "x = a := 1",
    "print(x := 1)", "f'{x}'", "u'a'", "x = 1 or 2 and not 3", "x = lambda: lambda: 1",
    "x = [i for i in [1] if i if i]", "x = [i for i in 1, 2]", "x = [i for i in [1], j]", "x = [i, j for i in [1]]",
    "x = [(i, j) for i, j in []]", "x = {i: 1 for i in []}", "x = {i for i in []}",
    "x = (i for i in [])", "f(i for i in [])", "x = [for i in []]", "x = [i for i in lambda: 1]",
    "x = [i if i else 0 for i in []]", "x = [i for i in [] if 1 else 2]", "x = [i for i.x in []]", "x = a[1:2:3]",
    "x = a[]", "x = a[1, 2]", "x = a[1:2, 3]", "x = a[:]", "x = a[::]", "x = a[:::]", "x = a.1", "x = a.", "x = .a",
    "x = a..b", "x = (1", "x = 1)", "x = [1", "x = 1]", "x = {1: 2", "x = (1]", "x = 'a", "x = '''a",
    "x = \"a\nb\"", "x = 1 \\\n + 2", "x = 1 \\ \n+ 2", "x = \\", "#comment", "x = 1 # comment",
    "x = (1 # comment\n)", "\tx = 1", "if 1:\n\tx = 1\n        y = 2", "if 1:\n    pass\n\n\n  # odd\n    pass",
    "def f():\n    '''doc'''", "def f():", "def f()\n    pass", "def (): pass", "def f: pass", "def f(a b): pass",
    "def f(1): pass", "def f(a.b): pass", "def f((a, b)): pass", "def f(a,): pass", "def f(*a,): pass",
    "def f(**a,): pass", "f(1,)", "f(*[],)", "f(**{},)", "f(,)", "f(a=)", "f(=1)", "f(a b)", "f(a.b = 1)", "f(1 = 2)",
    "f((a) = 1)", "f(*)", "f(**)", "load('a.star')", "load()", "load('a.star', b)", "load(a, 'b')",
    "load('a.star', 'b', 'b')", "load('a.star', b = 'c', b = 'd')", "load('a.star', b = c)", "load('a.star', *b)",
    "def f(): load('a.star', 'b')", "if 1: load('a.star', 'b')", "x = load", "load = 1", "x = load('a', 'b')",
    "def f():\n    x = 1\n    def g():\n        x += 1\n    g()\nf()", "def f():\n    print(x)\n    x = 1\nf()",
    "x = 1\ndef f():\n    x += 1\nf()", "[x for x in [1]]\nprint(x)", "for i in []: pass\nprint(i)",
    "def f():\n    for i in [1]: pass\n    return i\nprint(f())", "if False: y = 1\nprint(y)",
    "def f():\n    if 0: y = 1\n    return y\nf()", "len = 3\nprint(len)", "print(len)\nlen = 3", "None = 1",
    "True = 1", "x = None = 1",
    "a = b = 1", "def None(): pass", "def f(None): pass", "f(None = 1)", "x = {'a': 1, 'a': 2}", "x = {1: 1, 1: 2}",
    "x = {1: 1, 1.0: 2}", "def f():\n    return\n    print(1)\nf()",
    "def f():\n    def f(): return 1\n    return f()\nprint(f())",
    "for i in [1]:\n    f = lambda: 1\n    continue", "def f():\n    while 1:\n        return 1\nprint(f())", "x = -",
    "x = 1 +", "x = +", "x = * 2", "x = 1 2", "x 1", "print 1", "exec 'a'",
    "x = 0777", "x = 09", "x = 1__0", "x = 'a\\zb'", "x = '\\x1'", "x = '\\u123'", "x = '\\400'", "x = b'\\u1234'",
    "x = b'é'", "é = 1\nprint(é)", "x = 1 if 2 else", "x = 1 if else 2", "x = (1 if 2 else 3) if 4 else 5",
    "x = [1 for]", "x = lambda", "x = lambda x", "x = lambda:", "x = lambda (a): a", "x = lambda a=1, *b, c, **d: a",
    "x = {1: lambda: 2}", "x = {lambda: 1: 2}", "x = [lambda: 1, 2]", "x = (lambda: 1)()", "pass pass", "pass 1",
    "return", "def f(): return 1, 2\nprint(f())", "def f(): return (yield)", "x, = [1]\nprint(x)",
    "x, y, = 1, 2\nprint(x)", "(x, y), z = (1, 2), 3\nprint(x)", "() = ()", "[] = []", "x = y = ()",
    "x = 1,\nprint(x)", "print((1,)[0],)",
    "x = 1\r\nprint(x)", "x = 1\rprint(x)", "x\x00 = 1", "x = '\x00'", "\ufeffx = 1", "x = 1\x0cy = 2", "x = 1 \x0b",
    "x\u00a0= 1", "print(1)\n\x1a",
]  # fmt: skip

TOKEN = re.compile(r'"[^"\n]*"|\'[^\'\n]*\'|\w+|\n +|\n|[-+*/%=<>!]=|//|<<|>>|\*\*|\s|.', re.DOTALL)
EXTRA = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "=",
    ".",
    "if",
    "else",
    "for",
    "in",
    "not",
    "lambda",
    "*",
    "**",
    "1",
    "x",
    "\n",
    "\n    ",
    "return",
    "def",
    "'",
    ";",
    "+",
    "-",
    "and",
    "pass",
    "\\",
    "==",
    "+=",
]


def refused(source: Source) -> str:
    """A statement that may not stand there, alone or within others."""
    statement = source.pick(STATEMENTS)
    indent = "    "
    kind = source.count(0, 5)
    if kind == 0:
        body = "".join(f"{indent}{line}\n" for line in statement.split("\n"))
        statement = f"def outer(a, b = [], c = None):\n{body}outer(1)"
    elif kind == 1:
        statement = "for i in [1]:\n" + "".join(f"{indent}{line}\n" for line in statement.split("\n"))
    elif kind == 2:
        statement = "if True:\n" + "".join(f"{indent}{line}\n" for line in statement.split("\n")) + "print('after')"
    first = source.pick(
        ["", "print('before')\n", "f = lambda *a, **k: (a, k)\na, b = {}, 'text'\n", "\n\n# comment\n", '"""doc"""\n']
    )
    return first + statement + source.pick(["\n", "\n", ""])


def edited(source: Source) -> str:
    """A program with a few tokens deleted, doubled, exchanged or put in."""
    origin = source.pick([functions.parameters, functions.closures, functions.tracebacks, statements.program])(source)
    tokens = TOKEN.findall(origin)
    # What is left of a long program is enough, and a short one fails for its edit rather than for another reason.
    for _ in range(source.count(1, 2)):
        at = source.count(0, len(tokens) - 1)
        kind = source.count(0, 4)
        if kind == 0:
            del tokens[at]
        elif kind == 1:
            tokens.insert(at, source.pick(EXTRA))
        elif kind == 2:
            tokens[at] = source.pick(EXTRA)
        elif kind == 3:
            tokens.insert(at, source.pick(tokens))
        else:
            other = source.count(0, len(tokens) - 1)
            tokens[at], tokens[other] = tokens[other], tokens[at]
        if not tokens:
            break
    return "".join(tokens)
