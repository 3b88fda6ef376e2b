"""The parsers that ours is measured against, from PyPI, behind one face each.

Versions are pinned in `scripts/requirements.txt`. starlark-go is here only to say whether the corpus is Starlark: its
Python face has no call that parses without resolving names, so it is not timed.
"""

import importlib.metadata

import starlark
import starlark_go
import tree_sitter
import tree_sitter_starlark

NAMES = {"starlark-rust": "starlark-pyo3", "tree-sitter-starlark": "tree-sitter-starlark", "starlark-go": "starlark-go"}


def versions() -> dict[str, str]:
    found = {peer: f"{package} {importlib.metadata.version(package)}" for peer, package in NAMES.items()}
    found["tree-sitter-starlark"] += f" (tree-sitter {importlib.metadata.version('tree-sitter')})"
    return found


def rust_dialect() -> starlark.Dialect:
    """Everything that starlark-rust can parse."""
    dialect = starlark.Dialect.extended()
    dialect.enable_top_level_stmt = True
    return dialect


class StarlarkRust:
    name = "starlark-rust"

    def __init__(self):
        self.dialect = rust_dialect()

    def parse(self, text: str, _: bytes) -> starlark.AstModule:
        return starlark.parse("corpus.star", text, self.dialect)

    def refusal(self, text: str, _: bytes) -> str | None:
        try:
            starlark.parse("corpus.star", text, self.dialect)
        except Exception as error:
            return str(error)
        return None


class TreeSitter:
    name = "tree-sitter-starlark"

    def __init__(self):
        self.parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_starlark.language()))

    def parse(self, _: str, content: bytes) -> tree_sitter.Tree:
        return self.parser.parse(content)

    def refusal(self, _: str, content: bytes) -> str | None:
        root = self.parser.parse(content).root_node
        if not root.has_error:
            return None
        node = root
        while node.has_error and any(child.has_error for child in node.children):
            node = next(child for child in node.children if child.has_error)
        return f"{node.type} at line {node.start_point.row + 1}: {content[node.start_byte:node.end_byte][:60]!r}"


class StarlarkGo:
    name = "starlark-go"

    #: A name that nothing defines: the resolver refuses the file, so that nothing of it is ever run.
    GUARD = "\nundefined_name_of_the_corpus_check\n"

    def __init__(self):
        starlark_go.configure_starlark(allow_set=True, allow_global_reassign=True, allow_recursion=True)

    def refusal(self, text: str, _: bytes) -> str | None:
        try:
            starlark_go.Starlark().exec(text + self.GUARD)
        except starlark_go.ResolveError as error:
            others = [item for item in error.errors if not item.msg.startswith("undefined: ")]
            return f"line {others[0].line}: {others[0].msg}" if others else None
        except starlark_go.StarlarkError as error:
            return f"{type(error).__name__}: {error}"
        return "the guard was accepted, so the file was run"
