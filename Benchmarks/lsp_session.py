"""The session that every language server is put through: a text, and what is typed and asked in it.

Recorded once for a text, as plain data; all servers get the same bytes. A step types one line into a function, all but a
character; when the server has come to rest, that character is typed and a question asked right behind it.
"""

import dataclasses
import random
import re

from library import library

#: What stands at the end of every text, so that it is an environment and no mere library.
BUILD = """
def build():
    base(dev=True)
    value = {name}(3)
    print(value)
"""
OPTIONS = {"tabSize": 4, "insertSpaces": True}
#: How many lines an editor shows, for which it asks hints.
SCREEN = 60

#: The questions, by what people call them: the method, what a server announces if it answers it, and where in the typed line it is
#: asked: at the `cursor`, at the called `name`, for the line's `range`, or for the whole `document`.
QUESTIONS = {
    "completion": ("textDocument/completion", "completionProvider", "cursor"),
    "hover": ("textDocument/hover", "hoverProvider", "name"),
    "signature help": ("textDocument/signatureHelp", "signatureHelpProvider", "cursor"),
    "definition": ("textDocument/definition", "definitionProvider", "name"),
    "references": ("textDocument/references", "referencesProvider", "name"),
    "document highlight": ("textDocument/documentHighlight", "documentHighlightProvider", "name"),
    "semantic tokens": ("textDocument/semanticTokens/full", "semanticTokensProvider", "document"),
    "document symbols": ("textDocument/documentSymbol", "documentSymbolProvider", "document"),
    "folding": ("textDocument/foldingRange", "foldingRangeProvider", "document"),
    "inlay hints": ("textDocument/inlayHint", "inlayHintProvider", "screen"),
    "code action": ("textDocument/codeAction", "codeActionProvider", "range"),
    "rename": ("textDocument/rename", "renameProvider", "name"),
    "formatting": ("textDocument/formatting", "documentFormattingProvider", "document"),
}


@dataclasses.dataclass
class Step:
    """The line that is typed, without the character that is typed last, and what is asked then."""

    question: str
    line: int
    #: The line as it is before the last character.
    typed: str
    #: The column of the last character, and the character.
    column: int
    character: str
    params: dict


def program(lines: int) -> str:
    """A text of about so many lines that is envd and Python."""
    # `fail` is no function of Python, and its reports would be work that only some servers have.
    text = library(max(lines - 12, 5), "lsp").decode().replace("fail(", "print(").rstrip("\n")
    names = re.findall(r"(?m)^def (\w+)\(", text)
    return text + "\n\n" + BUILD.format(name=names[-1])


def record(text: str, seed: str, count: int) -> list[Step]:
    """So many steps of each question, which take turns."""
    rng = random.Random(f"{seed}/{len(text)}")
    lines = text.split("\n")
    names = re.findall(r"(?m)^def (\w+)\(", text)[:-1]
    # A line can be typed behind these. Each has one function more above it than the one before, which it may call.
    places = [number + 1 for number, line in enumerate(lines) if line == "    found = []"][1:]
    places.append(lines.index("    base(dev=True)") + 1)
    return [step(question, rng, lines, places, names) for _ in range(count) for question in QUESTIONS]


def step(question: str, rng: random.Random, lines: list[str], places: list[int], names: list[str]) -> Step:
    line = rng.choice(places)
    name = rng.choice(names[: places.index(line) + 1])
    document = {"textDocument": {"uri": None}}
    if question == "completion":
        # The beginning of a name, of which there are many.
        typed, column, character = f"    value = {name[:1]}", 13, name[1]
    elif question == "formatting":
        typed, column, character = f"    value={name}(1)", 12 + len(name), "2"
    else:
        typed, column, character = f"    value = {name}(1)", 14 + len(name), "2"
    start, end = {"line": line, "character": 4}, {"line": line, "character": len(typed) + 1}
    where = QUESTIONS[question][2]
    if where == "cursor":
        document["position"] = {"line": line, "character": column + 1}
    elif where == "name":
        document["position"] = {"line": line, "character": 14}
    elif where == "range":
        document.update(range={"start": start, "end": end}, context={"diagnostics": []})
    elif where == "screen":
        first = max(0, line - SCREEN // 2)
        document["range"] = {
            "start": {"line": first, "character": 0},
            "end": {"line": min(first + SCREEN, len(lines) - 1), "character": 0},
        }
    if question == "references":
        document["context"] = {"includeDeclaration": True}
    elif question == "rename":
        document["newName"] = f"{name}_renamed"
    elif question == "completion":
        document["context"] = {"triggerKind": 1}
    elif question == "formatting":
        document["options"] = OPTIONS
    return Step(question, line, typed, column, character, document)
