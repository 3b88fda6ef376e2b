"""The lists of edits that both sides are measured with: the same places, the same characters."""

import dataclasses
import random
import re

LETTERS = "abcdefghijklmnopqrstuvwxyz_"
KINDS = {
    "letter": LETTERS,
    "digit": "0123456789",
    "bracket": "()[]{}",
    "quote": "\"'",
    "newline": "\n",
    "space": " ",
    "operator": ".,:=+#\\",
    "deletion": "",
}

#: What somebody types into a file in the measured session, a character at a time.
TYPED = [
    'install.python_packages(name = ["numpy", "torch==2.1.0"])\n',
    "def helper(values, limit = 10):\n    return [v * 2 for v in values if v < limit]\n",
    'config = {"name": "value", "ports": [8080, 8888], "debug": True}\n',
    "# A remark that says why the next line is there.\n",
    'run(commands = ["pip install -e .", \'echo "done"\'])\n',
    'TEXT = """three\nlines of\ntext"""\n',
]


@dataclasses.dataclass
class Edit:
    kind: str
    offset: int
    deleted: int
    inserted: bytes

    def line(self) -> str:
        """One line of the list that SyntaxBenchmark reads."""
        return f"{self.offset} {self.deleted} {self.inserted.hex() or '-'}"


def single_characters(content: bytes, count: int, seed: str) -> list[Edit]:
    """One-character edits at random places, the kinds in equal parts."""
    rng = random.Random(seed)
    edits = []
    for number in range(count):
        kind = list(KINDS)[number % len(KINDS)]
        offset = rng.randrange(len(content))
        if kind == "deletion":
            edits.append(Edit(kind, offset, 1, b""))
        else:
            edits.append(Edit(kind, offset, 0, rng.choice(KINDS[kind]).encode()))
    rng.shuffle(edits)
    return edits


def session(content: bytes, seed: str) -> list[Edit]:
    """Texts typed at the beginnings of random lines, a character at a time, every tenth character wrong and corrected."""
    rng = random.Random(seed)
    starts = [index + 1 for index, byte in enumerate(content) if byte == 0x0A][:-1]
    text = bytearray(content)
    edits = []
    for place in sorted(rng.sample(starts, len(TYPED)), reverse=True):  # from the end, so that places stay as they are
        for character in rng.choice(TYPED):
            if rng.random() < 0.1:
                edits.append(Edit("session", place, 0, rng.choice(LETTERS).encode()))
                edits.append(Edit("session", place, 1, b""))
            edits.append(Edit("session", place, 0, character.encode()))
            place += 1
    return edits


def inside_functions(content: bytes, count: int, seed: str) -> list[Edit]:
    """A letter typed into a word within a function and taken out again, one word after the other at random places."""
    rng = random.Random(seed)
    words = [match.start(1) + 1 for match in re.finditer(rb"^ {4,}.*?\b([a-z_]{3,})", content, re.MULTILINE)]
    edits = []
    for _ in range(count // 2):
        place = rng.choice(words)
        edits.append(Edit("letter", place, 0, rng.choice(LETTERS).encode()))
        edits.append(Edit("deletion", place, 1, b""))
    return edits


def applied(content: bytes, edit: Edit) -> bytes:
    return content[: edit.offset] + edit.inserted + content[edit.offset + edit.deleted :]
