"""The hostile programs: those of the documents in this folder, and those of sources.py.

A document has a head for every program, `### ENDING: TITLE`, and the program below it. An ending is `ok`, or `failure` or
`limit` with the line that the message must name. The titles in sources.py have theirs in sources.txt, a line each.
"""

import dataclasses
import pathlib
import re
from collections.abc import Callable

from sources import SOURCES

HERE = pathlib.Path(__file__).resolve().parent
HEAD = re.compile(r"^### ([^:\n]+): (.*)\n", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Hostile:
    family: str
    title: str
    ending: str
    #: Makes the text, which may be large: no more of them than needed are held at a time.
    make: Callable[[], str | bytes]

    def program(self) -> bytes:
        text = self.make()
        return text if isinstance(text, bytes) else text.encode()

    def __str__(self) -> str:
        return f"{self.family}: {self.title}"


def documents() -> list[pathlib.Path]:
    return sorted(HERE.glob("*.star"))


def load() -> list[Hostile]:
    programs = []
    for path in documents():
        _, *parts = HEAD.split(path.read_text(encoding="utf-8"))
        for ending, title, text in zip(parts[::3], parts[1::3], parts[2::3]):
            programs.append(Hostile(path.stem, title, ending, lambda text=text: text))
    endings = dict(re.findall(r"^(.*): ([^:\n]*)$", (HERE / "sources.txt").read_text(encoding="utf-8"), re.MULTILINE))
    if set(endings) != set(SOURCES):
        raise ValueError(f"sources.py and sources.txt do not have the same titles: {set(endings) ^ set(SOURCES)}")
    return programs + [Hostile("sources", title, endings[title], make) for title, make in SOURCES.items()]
