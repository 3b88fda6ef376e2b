"""Formatting in an editor: ranges, as somebody types, broken statements, settings, and what an edit costs."""

import pathlib
import subprocess
import tempfile
import unittest

import text
from client import BINARY, Client, document, edit, position

A = "file:///project/build.envd"
OPTIONS = {"tabSize": 2, "insertSpaces": False, "insertFinalNewline": False}


class Formatting(unittest.TestCase):
    def setUp(self):
        self.client = self.enterContext(Client())
        self.client.initialize({"general": {"positionEncodings": ["utf-16"]}})

    def ask(self, content, method, uri=A, **params):
        """The text that the edits make, and the edits."""
        self.client.open(uri, content)
        edits = self.client.call(f"textDocument/{method}", document(uri, options=OPTIONS, **params))
        self.client.close(uri)
        return None if edits is None else text.apply_edits(content, edits, "utf-16"), edits

    def select(self, content, start, end, uri=A):
        return self.ask(content, "rangeFormatting", uri, range={"start": position(*start), "end": position(*end)})[0]

    def type(self, marked, character="\n"):
        """Types where `|` stands; the mark stands behind what was typed."""
        line = marked[: marked.index("|")].count("\n")
        column = marked.index("|") - (marked.rfind("\n", 0, marked.index("|")) + 1)
        content = marked.replace("|", "")
        return self.ask(content, "onTypeFormatting", position=position(line, column), ch=character)[0]

    def test_capabilities(self):
        with Client() as client:
            capabilities = client.initialize({})["capabilities"]
        self.assertTrue(capabilities["documentRangeFormattingProvider"])
        self.assertEqual(
            capabilities["documentOnTypeFormattingProvider"],
            {"firstTriggerCharacter": "\n", "moreTriggerCharacter": [")", "]", "}"]},
        )

    # Ranges

    PROGRAM = "a=1\nb=2\nc=3\n\n\n\n\ndef f( ):\n    x=1\n    y = [ 1,\n      2 ]\n    z=3\n"

    def test_only_selected_lines_change(self):
        self.assertEqual(self.select(self.PROGRAM, (1, 0), (1, 1)), self.PROGRAM.replace("b=2", "b = 2"))
        # The end of a selection of whole lines is the beginning of the next one.
        self.assertEqual(self.select(self.PROGRAM, (1, 0), (2, 0)), self.PROGRAM.replace("b=2", "b = 2"))
        self.assertEqual(
            self.select(self.PROGRAM, (0, 0), (1, 3)), self.PROGRAM.replace("a=1\nb=2", "a = 1\nb = 2")
        )

    def test_a_statement_is_formatted_whole(self):
        self.assertEqual(
            self.select(self.PROGRAM, (10, 0), (10, 3)), self.PROGRAM.replace("[ 1,\n      2 ]", "[1, 2]")
        )

    def test_a_line_in_a_block(self):
        self.assertEqual(self.select(self.PROGRAM, (8, 0), (8, 3)), self.PROGRAM.replace("x=1", "x = 1"))

    def test_blank_lines_between_selected_statements(self):
        self.assertEqual(
            self.select(self.PROGRAM, (2, 0), (7, 3)),
            self.PROGRAM.replace("c=3\n\n\n\n\ndef f( )", "c = 3\n\n\ndef f()"),
        )

    def test_a_block_that_moves_is_formatted_whole(self):
        content = "a=1\ndef f():\n  x=1\n  y=2\n"
        self.assertEqual(self.select(content, (2, 0), (2, 3)), "a=1\n\n\ndef f():\n    x = 1\n    y = 2\n")

    def test_all_selected_equals_envd_fmt(self):
        for content in [self.PROGRAM, self.PROGRAM.replace("\n", "\r\n"), "'é😀' ;y = [ 1,2 ]\nif x: pass\n# c\ndef g():pass\n"]:
            with self.subTest(content):
                expected = subprocess.run(
                    [BINARY, "fmt", "-"], input=content.encode(), stdout=subprocess.PIPE, check=True
                ).stdout.decode()
                self.assertNotEqual(expected, content)
                self.assertEqual(self.select(content, (0, 0), (99, 0)), expected)

    def test_a_range_of_a_file_with_other_line_breaks(self):
        content = self.PROGRAM.replace("\n", "\r\n")
        self.assertEqual(self.select(content, (8, 0), (9, 3)), content.replace("x=1", "x = 1").replace("[ 1,\r\n      2 ]", "[1, 2]"))

    # Typing

    def test_enter_formats_the_line_that_ended(self):
        self.assertEqual(self.type("a=1\nb=2\n|c=3\n"), "a=1\nb = 2\nc=3\n")
        self.assertEqual(self.type("def f():\n    x=1\n    |\n    y=2\n"), "def f():\n    x = 1\n    \n    y=2\n")

    def test_enter_within_brackets_leaves_the_statement(self):
        content = "x = f( 1,\n|2 )\n"
        self.assertEqual(self.type(content), content.replace("|", ""))

    def test_enter_behind_a_statement_of_several_lines(self):
        self.assertEqual(self.type("x = f( 1,\n  2 )\n|\n"), "x = f(1, 2)\n\n")

    def test_a_bracket_formats_what_it_closes(self):
        self.assertEqual(self.type("x  =  f( 1,2 )| + 3\n", ")"), "x  =  f(1, 2) + 3\n")
        self.assertEqual(self.type("x=[ 1,2 ]|\n", "]"), "x = [1, 2]\n")
        self.assertEqual(self.type("x={ 1:2 }|\n", "}"), "x = {1: 2}\n")

    def test_a_bracket_just_typed_stays(self):
        # It may be redundant now; more may follow.
        self.assertEqual(self.type("x = ( 1 )|\n", ")"), "x = (1)\n")

    def test_a_bracket_amid_a_broken_statement_changes_nothing(self):
        content = "x = f(g( 1 )|\n"
        self.assertEqual(self.type(content, ")"), content.replace("|", ""))

    def test_another_character_changes_nothing(self):
        self.assertEqual(self.type("x=1|\n", "1"), "x=1\n")

    # Broken statements

    def test_broken_statements_stay_while_the_rest_is_formatted(self):
        content = "a=1\n\n\n\n\nx = (1,\n\ndef f( ):\n  pass\nb=2\n"
        formatted, _ = self.ask(content, "formatting")
        self.assertIn("x = (1,\n", formatted)
        self.assertIn("a = 1\n", formatted)
        self.assertIn("b = 2\n", formatted)

    # Settings

    def test_settings_of_the_project(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "an envd file.envd"
            content = "x = ['a', 'b']\n"
            self.assertEqual(self.ask(content, "formatting", path.as_uri())[0], 'x = ["a", "b"]\n')
            (path.parent / "pyproject.toml").write_text(
                "[tool.black]\nline-length = 10\nskip-string-normalization = true\n"
            )
            self.assertEqual(self.ask(content, "formatting", path.as_uri())[0], "x = [\n    'a',\n    'b',\n]\n")

    # After edits

    def test_after_edits_the_result_is_that_of_the_new_text(self):
        content = "".join(f"def f{i}( ):\n    return [ {i} ]\n" for i in range(50))
        self.client.open(A, content)
        for version in range(2, 30):
            before = content
            # Behind a function, of which some have a line between them by now.
            line = 3 * (version - 2) + 2
            start = position(line, 0)
            content = text.apply_edits(content, [{"range": {"start": start, "end": start}, "newText": f"y{version}=1\n"}], "utf-16")
            self.client.change(A, version, edit(line, 0, line, 0, f"y{version}=1\n"))
            edits = self.client.call("textDocument/formatting", document(A, options=OPTIONS))
            expected = subprocess.run(
                [BINARY, "fmt", "-"], input=content.encode(), stdout=subprocess.PIPE, check=True
            ).stdout.decode()
            self.assertNotEqual(before, content)
            self.assertEqual(text.apply_edits(content, edits, "utf-16"), expected)


if __name__ == "__main__":
    unittest.main()
