"""Hover and signature help as clients see them."""

import unittest

import text
from client import Client, document, position

A = "file:///project/build.envd"
PROGRAM = '''\
def tools(é, port = 6006):
    """Install *tools*.

    Args:
      é (str): what they are called.
      port (int): where they listen.
    """
    return [é]


def build():
    "😀"; tools("a", 1)
'''


class Hover(unittest.TestCase):
    def setUp(self):
        self.client = self.enterContext(Client())

    def hover(self, content, word, encoding="utf-16", shift=1):
        self.client.open(A, content)
        place = text.position(content, content.rindex(word) + shift, encoding)
        return self.client.call("textDocument/hover", document(A, position=place))

    def test_markdown_for_who_can_show_it(self):
        offers = self.client.initialize({"textDocument": {"hover": {"contentFormat": ["markdown", "plaintext"]}}})
        self.assertTrue(offers["capabilities"]["hoverProvider"])
        hover = self.hover(PROGRAM, "tools")
        self.assertEqual(hover["contents"]["kind"], "markdown")
        self.assertIn("```python\ndef tools(é: str, port: int = 6006) -> list[str]\n```", hover["contents"]["value"])
        self.assertIn("- `port` (`int`): where they listen.", hover["contents"]["value"])

    def test_plain_text_for_who_cannot(self):
        for kinds in [None, [], ["plaintext"], ["plaintext", "markdown"], ["odd"]]:
            with self.subTest(kinds), Client() as client:
                self.client = client
                client.initialize({"textDocument": {"hover": {} if kinds is None else {"contentFormat": kinds}}})
                hover = self.hover(PROGRAM, "tools")
                self.assertEqual(hover["contents"]["kind"], "plaintext")
                value = hover["contents"]["value"]
                self.assertIn("Install tools.", value)
                self.assertIn("- port (int): where they listen.", value)
                self.assertNotIn("`", value)
                self.assertNotIn("*", value)

    def test_ranges_in_every_encoding(self):
        for encoding, start in [("utf-8", 12), ("utf-16", 10), ("utf-32", 9)]:
            with self.subTest(encoding), Client() as client:
                self.client = client
                client.initialize({"general": {"positionEncodings": [encoding]}})
                hover = self.hover(PROGRAM, "tools", encoding)
                self.assertEqual(hover["range"], {"start": position(11, start), "end": position(11, start + 5)})

    def test_nothing(self):
        self.client.initialize()
        self.assertIsNone(self.hover("x = 1\n\n# a word\n", "word"))


class SignatureHelp(unittest.TestCase):
    def help(self, content, information=None, encoding="utf-16", **context):
        capabilities = {"textDocument": {"signatureHelp": {"signatureInformation": information or {}}}}
        capabilities["general"] = {"positionEncodings": [encoding]}
        with Client() as client:
            self.offer = client.initialize(capabilities)["capabilities"]["signatureHelpProvider"]
            index = content.index("⌖")
            content = content.replace("⌖", "")
            client.open(A, content)
            params = document(A, position=text.position(content, index, encoding))
            if context:
                params["context"] = context
            return client.call("textDocument/signatureHelp", params)

    def test_offsets_count_utf16_whatever_positions_count(self):
        content = PROGRAM.replace("6006", '"😀"').replace("1)", "⌖)")
        for encoding in ["utf-8", "utf-16", "utf-32"]:
            with self.subTest(encoding):
                help = self.help(content, {"parameterInformation": {"labelOffsetSupport": True}}, encoding)
                (signature,) = help["signatures"]
                label = signature["label"].encode("utf-16-le")
                parts = [
                    label[2 * start : 2 * end].decode("utf-16-le")
                    for start, end in (parameter["label"] for parameter in signature["parameters"])
                ]
                self.assertEqual(parts, ["é: str", 'port: int = "😀"'])
                self.assertEqual(help["activeParameter"], 1)
        self.assertEqual(self.offer["triggerCharacters"], ["("])
        self.assertEqual(self.offer["retriggerCharacters"], [",", "="])

    def test_texts_for_who_knows_no_offsets(self):
        help = self.help(PROGRAM.replace("1)", "⌖)"), {"documentationFormat": ["plaintext"]})
        (signature,) = help["signatures"]
        self.assertEqual([p["label"] for p in signature["parameters"]], ["é: str", "port: int = 6006"])
        for parameter in signature["parameters"]:
            self.assertIn(parameter["label"], signature["label"])
        self.assertEqual(signature["parameters"][1]["documentation"]["value"], "where they listen.")
        self.assertNotIn("activeParameter", signature)

    def test_no_active_parameter(self):
        content = "def f(a):\n    pass\n\nf(1, ⌖)\n"
        self.assertEqual(self.help(content)["activeParameter"], 1)
        help = self.help(content, {"noActiveParameterSupport": True, "activeParameterSupport": True})
        self.assertIsNone(help["activeParameter"])
        self.assertIsNone(help["signatures"][0]["activeParameter"])

    def test_nothing(self):
        self.assertIsNone(self.help("x = (⌖)\n"))
        self.assertIsNone(self.help("unknown(⌖)\n"))

    def test_retrigger(self):
        content = "def build():\n    io.copy(\"a\",⌖)\n"
        help = self.help(
            content, triggerKind=2, triggerCharacter=",", isRetrigger=True,
            activeSignatureHelp={"signatures": [], "activeSignature": 7},
        )
        self.assertEqual((help["activeSignature"], help["activeParameter"]), (0, 1))


if __name__ == "__main__":
    unittest.main()
