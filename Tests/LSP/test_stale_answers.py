"""What the server keeps from answer to answer goes when it no longer holds. Each of these once was the end of a random session."""

import unittest

import pytest
from client import document, edit, span
from patient_client import PatientClient
from questions import FULL_CLIENT

A = "file:///project/build.envd"


class StaleAnswers(unittest.TestCase):
    def setUp(self):
        self.client = self.enterContext(PatientClient())
        self.offers = self.client.initialize(FULL_CLIENT)["capabilities"]

    def fresh(self, content, method, params):
        with PatientClient() as client:
            client.initialize(FULL_CLIENT)
            client.open(A, content)
            return client.call(method, params)

    def test_tokens_after_an_edit_and_a_change_of_a_file(self):
        if "semanticTokensProvider" not in self.offers:
            self.skipTest("this server has no semantic tokens")
        method, params = "textDocument/semanticTokens/range", document(A, range=span(0, 0, 9, 0))
        self.client.open(A, "SIZE = 1\nprint(SIZE)\n")
        self.client.call(method, params)
        self.client.change(A, 2, edit(0, 0, 0, 1, ""))
        changed = {"uri": "file:///project/other.envd", "type": 2}
        self.client.notify("workspace/didChangeWatchedFiles", {"changes": [changed]})
        data = self.client.call(method, params)["data"]
        self.assertEqual(data, self.fresh("IZE = 1\nprint(SIZE)\n", method, params)["data"])

    def test_tokens_of_a_broken_statement(self):
        if "semanticTokensProvider" not in self.offers:
            self.skipTest("this server has no semantic tokens")
        method, broken = "textDocument/semanticTokens/full", '="",=True'
        self.client.open(A, "x = True\n")
        self.client.call(method, document(A))
        self.client.change(A, 2, {"text": broken})
        data = self.client.call(method, document(A))["data"]
        self.assertEqual(data, self.fresh(broken, method, document(A))["data"])


if __name__ == "__main__":
    unittest.main()
