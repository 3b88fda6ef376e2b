"""Random editing as people and editors do it: a document on the client's side, and the changes that it sends."""

import text

#: What somebody types, pastes, or has in the file already.
PROGRAMS = [
    'def build():\n    base(dev=True)\n    install.python(version="3.11")\n    install.python_packages(name=["numpy", "torch==2.2.0"])\n',
    'def build_gpu():\n    base(image="ubuntu:22.04", dev=True)\n    install.cuda(version="12.2", cudnn="8")\n    shell("zsh")\n',
    'load("lib/helpers.envd", "helper", tool="other")\n',
    'def helper(name, size=1, *rest, **options):\n    """Helps.\n\n    Args:\n        name (str): whose.\n    """\n'
    "    found = []\n    for number in range(size):\n        found.append(name + str(number))\n    return found\n",
    'def other(items):\n    return {item: helper(item, size=2) for item in items if item != "é😀"}\n',
    'runtime.expose(envd_port=8888, host_port=8888, service="jupyter")\nio.copy("a", "b")\n',
    "# A comment, 漢字 and e\u0301.\nSIZE = 1\nNAMES = [\n    'a',\n    'b',\n]\n",
    'if SIZE > 1:\n    config.jupyter(token="")\nelif not SIZE:\n    pass\nelse:\n    print("%s" % SIZE)\n',
    "x=f( 1,y = [ 2,3 ] )  # badly laid out\nhelper( 'a' , size = 2)\n",
    'git = lambda url: git_config(name="a", email=url)\nvalue = "".join([str(n) for n in range(3)])[1:-1]\n',
]
PIECES = [
    "x", " ", "    ", "\n", "\t", "é", "漢字", "😀", "e\u0301", "👩‍👩‍👧", "\u2028", "\ufeff", "\0", "\U0010ffff", "(", ")", "[", "]", "{", "}",
    '"', "'", '"""', "\\", "#", ":", ",", "=", ".", "\r", "\r\n", "install.", "def f(a, b = 1):\n    return a\n", "\n\n\n", "lambda x: x",
    "base(", "for i in range(3):\n\tprint(i)\n", "class A:\n", "return ",
]  # fmt: skip
WORDS = [
    "install.python_packages(",
    "helper(name=",
    "shell('zsh')",
    "base(dev=True)\n    ",
    "SIZE + 1",
    'load("',
    "# 😀 note",
    "found.append(",
]
#: A document is cut down when it has become longer than so many characters.
LENGTH = 5_000


class Editor:
    """A document as the client has it. `lines_end` is what its line breaks are, more or less."""

    def __init__(self, rng, uri, encoding, line_end="\n"):
        self.rng, self.uri, self.encoding, self.line_end = rng, uri, encoding, line_end
        self.version = 0
        self.is_open = False
        self.content = ""
        self.undone: list[str] = []
        #: What is being typed, character for character, and where.
        self.typing, self.cursor = "", 0

    def begin(self):
        """The text with which it is opened."""
        self.version += self.rng.randrange(1, 4)
        self.is_open = True
        if not self.content or self.rng.randrange(2):
            self.content = self._own("".join(self.rng.choices(PROGRAMS, k=self.rng.randrange(5))))
        self.undone, self.typing = [], ""
        return self.content

    def edit(self):
        """The changes of one `didChange`, and how many edits that were."""
        before = self.content
        pick = self.rng.randrange
        self.version += 1 if pick(20) else pick(1, 1000)
        if self.typing:
            changes = [self._type()]
        elif pick(150) == 0 or len(self.content) > LENGTH:
            changes = [self._replace_all()]
        elif pick(12) == 0 and self.undone:
            return [self._to(self.undone.pop())], 1
        elif pick(8) == 0:
            # Several carets, or what a formatter did, or what an editor gathered while it was busy.
            changes = [self._somewhere() for _ in range(pick(2, 7))]
        elif pick(3) == 0:
            self.typing = self._own(self.rng.choice(WORDS))
            self.cursor = pick(len(self.content) + 1)
            changes = [self._type()]
        else:
            changes = [self._somewhere()]
        self.undone.append(before)
        del self.undone[:-20]
        return changes, len(changes)

    def take(self, edits):
        """The changes that make what a server's answer proposes, last edit first so that none moves another.

        Where an edit brings a carriage return and a line feed together, positions behind it mean something else for the next; so
        the text is what the changes make one after another, as for any `didChange`.
        """
        before = self.content
        self.version += 1
        self.typing = ""
        placed = sorted(
            (text.index(before, edit["range"]["start"], self.encoding), number, edit)
            for number, edit in enumerate(edits)
        )
        changes = [{"range": edit["range"], "text": edit["newText"]} for _, _, edit in reversed(placed)]
        for change in changes:
            self._apply(change)
        self.undone.append(before)
        return changes

    def _own(self, content):
        return content.replace("\n", self.line_end)

    def _type(self):
        character, self.typing = self.typing[0], self.typing[1:]
        place = min(self.cursor, len(self.content))
        self.cursor = place + 1
        return self._change(place, place, character)

    def _replace_all(self):
        self.content = self._own("".join(self.rng.choices(PROGRAMS + PIECES, k=12)))
        return {"text": self.content}

    def _somewhere(self):
        pick = self.rng.randrange
        start = pick(len(self.content) + 1)
        what = pick(10)
        if what == 0:
            return self._change(start, start, self._own(self.rng.choice(PROGRAMS)))
        if what == 1:
            return self._beyond_the_line()
        end = min(len(self.content), start + self.rng.choice([0, 0, 0, 1, 1, 2, 5, 40, 400 if what == 2 else 0]))
        return self._change(start, end, "".join(self.rng.choices(PIECES, k=self.rng.choice([0, 1, 1, 1, 2, 4]))))

    def _beyond_the_line(self):
        """A position behind the end of a line means its end."""
        table = text.lines(self.content)
        line = self.rng.randrange(len(table))
        start, end = table[line]
        width = sum(map(text.WIDTH[self.encoding], self.content[start:end]))
        place = {"line": line, "character": width + self.rng.randrange(9)}
        return self._apply({"range": {"start": place, "end": place}, "text": "# beyond"})

    def _to(self, other):
        """The one change that makes another text, as an editor undoes."""
        now, start = self.content, 0
        while start < min(len(now), len(other)) and now[start] == other[start]:
            start += 1
        end, other_end = len(now), len(other)
        while end > start and other_end > start and now[end - 1] == other[other_end - 1]:
            end, other_end = end - 1, other_end - 1
        change = self._change(start, end, other[start:other_end])
        return change if self.content == other else self._replace_by(other)

    def _replace_by(self, other):
        # A place amid a line break has no position, so that the change above missed it.
        self.content = other
        return {"text": other}

    def _change(self, start, end, new):
        places = [text.position(self.content, place, self.encoding) for place in (start, end)]
        return self._apply({"range": {"start": places[0], "end": places[1]}, "text": new})

    def _apply(self, change):
        self.content = text.apply(self.content, change, self.encoding)
        return change
