"""Calls, symbols and links of a project."""

import unittest

from client import document
from project import ENCODINGS, Project

FILES = {
    "lib.envd": "'é😀'; SIZE = 1\n\n\ndef helper(name):\n    return len(name)\n",
    "build.envd": 'load("lib.envd", mine = "helper")\n\n\ndef build():\n    base()\n    print("é😀", mine("a"), mine("b"))\n\n\n'
    'text = mine("https://example.com/é")\n',
    "requirements.txt": "numpy\n",
}


class Calls(unittest.TestCase):
    def test_calls_in_both_directions(self):
        for encoding in ENCODINGS:
            with self.subTest(encoding):
                project = Project(self, FILES, {}, encoding)
                self.assertIs(project.capabilities["callHierarchyProvider"], True)
                project.open("build.envd")
                items = project.client.call(
                    "textDocument/prepareCallHierarchy", project.at("build.envd", 'mi|ne("a"')
                )
                self.assertEqual([item["name"] for item in items], ["helper"])
                self.assertEqual(items[0]["uri"], project.uri("lib.envd"))
                self.assertEqual(project.said("lib.envd", items[0]["selectionRange"]), "helper")
                # The file that defines it is not open.
                incoming = project.client.call("callHierarchy/incomingCalls", {"item": items[0]})
                self.assertEqual([call["from"]["name"] for call in incoming], ["build", "build.envd"])
                said = [[project.said("build.envd", span) for span in call["fromRanges"]] for call in incoming]
                self.assertEqual(said, [["mine", "mine"], ["mine"]])
                outgoing = project.client.call("callHierarchy/outgoingCalls", {"item": items[0]})
                self.assertEqual([call["to"]["name"] for call in outgoing], ["len"])
                outgoing = project.client.call("callHierarchy/outgoingCalls", {"item": incoming[0]["from"]})
                self.assertEqual([call["to"]["name"] for call in outgoing], ["base", "print", "helper"])
                self.assertEqual([len(call["fromRanges"]) for call in outgoing], [1, 1, 2])
                outgoing = project.client.call("callHierarchy/outgoingCalls", {"item": incoming[1]["from"]})
                self.assertEqual([call["to"]["name"] for call in outgoing], ["helper"])
                self.assertIsNone(project.client.call("callHierarchy/incomingCalls", {"item": incoming[1]["from"]}))
                self.assertEqual(project.client.leave(), 0)

    def test_places_without_functions(self):
        project = Project(self, FILES)
        project.open("build.envd")
        params = project.at("build.envd", "te|xt = mine")
        self.assertIsNone(project.client.call("textDocument/prepareCallHierarchy", params))
        item = project.client.call("textDocument/prepareCallHierarchy", project.at("build.envd", "bui|ld()"))[0]
        for uri in ["file:///nowhere.envd", "untitled:x", "envd-prelude:/v1/install.envd"]:
            self.assertIsNone(project.client.call("callHierarchy/incomingCalls", {"item": item | {"uri": uri}}))
            self.assertIsNone(project.client.call("callHierarchy/outgoingCalls", {"item": item | {"uri": uri}}))


class Symbols(unittest.TestCase):
    def test_symbols_of_the_project(self):
        project = Project(self, FILES)
        project.open("build.envd")
        project.client.open("untitled:x", "hellos = 1\n")

        def found(query):
            return [symbol["name"] for symbol in project.client.call("workspace/symbol", {"query": query})]

        self.assertEqual(set(found("")), {"build", "text", "SIZE", "helper", "hellos"})
        self.assertEqual(set(found("he")), {"helper", "hellos"})
        self.assertEqual(found("hper"), ["helper"])
        self.assertEqual(found("size"), ["SIZE"])
        self.assertEqual(found("ezis"), [])
        symbol = project.client.call("workspace/symbol", {"query": "size"})[0]
        self.assertEqual(symbol["location"]["uri"], project.uri("lib.envd"))
        self.assertEqual(project.said("lib.envd", symbol["location"]["range"]), "SIZE")

    def test_many_symbols_are_cut_off(self):
        content = "".join(f"name_{number} = 1\n" for number in range(2000))
        project = Project(self, {"build.envd": content})
        project.open("build.envd")
        self.assertEqual(len(project.client.call("workspace/symbol", {"query": "name"})), 500)
        self.assertEqual(
            [symbol["name"] for symbol in project.client.call("workspace/symbol", {"query": "name_1999"})], ["name_1999"]
        )


class Links(unittest.TestCase):
    PROGRAM = (
        "'é😀'; load(\"lib.envd\", \"SIZE\")\n\n\ndef build():\n    base()\n    install.python_packages("
        'requirements = "requirements.txt")\n    print("é😀 https://example.com/x, and")\n'
    )

    def test_links(self):
        for encoding in ENCODINGS:
            with self.subTest(encoding):
                project = Project(self, FILES | {"build.envd": self.PROGRAM}, {}, encoding)
                project.open("build.envd")
                links = project.client.call("textDocument/documentLink", document(project.uri("build.envd")))
                self.assertEqual(
                    [(project.said("build.envd", link["range"]), link["target"]) for link in links],
                    [
                        ("lib.envd", project.uri("lib.envd")),
                        ("requirements.txt", project.uri("requirements.txt")),
                        ("https://example.com/x", "https://example.com/x"),
                    ],
                )
                self.assertFalse(any("tooltip" in link for link in links))

    def test_tooltips_for_clients_that_show_them(self):
        project = Project(self, FILES, {"textDocument": {"documentLink": {"tooltipSupport": True}}})
        project.open("build.envd")
        links = project.client.call("textDocument/documentLink", document(project.uri("build.envd")))
        self.assertEqual([link["tooltip"] for link in links], ["Open lib.envd", "Open the page"])


if __name__ == "__main__":
    unittest.main()
