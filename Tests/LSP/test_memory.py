"""Memory stays where it is while documents come and go."""

import random
import unittest

import pytest
from client import document
from hostile import PROGRAM
from patient_client import PatientClient
from questions import FULL_CLIENT, Place, announced, own

#: How often a document is opened and closed before memory is looked at, and after that.
WARM_UP, ROUNDS = 150, 300
#: How much memory may grow in these rounds, in bytes: far less than a document and what is known of it for each.
GROWTH = 2_500_000


class Memory(unittest.TestCase):
    def grown(self, do):
        """By how many bytes resident memory grows."""
        with PatientClient() as client:
            offers = client.initialize(FULL_CLIENT)["capabilities"]
            methods = announced(offers) + own(client)
            for round in range(WARM_UP):
                do(client, methods, round)
            client.quiet(0.2)
            before = client.resident_bytes()
            for round in range(ROUNDS):
                do(client, methods, round)
            client.quiet(0.2)
            after = client.resident_bytes()
            self.assertEqual(client.leave(), 0)
            return after - before

    def ask_everything(self, client, methods, uri, round):
        place = Place(random.Random(round), uri, PROGRAM, "utf-16")
        ids = [client.request(method, place.ask(method)) for method in methods]
        for id in ids:
            client.response(id)

    def test_documents_that_are_opened_asked_about_and_closed(self):
        def visit(client, methods, round):
            uri = f"file:///project/{round % 7}/build.envd"
            client.open(uri, PROGRAM)
            self.ask_everything(client, methods, uri, round)
            client.close(uri)

        self.assertLess(self.grown(visit), GROWTH)

    def test_files_that_change_around_a_document(self):
        uri = "file:///project/build.envd"

        def visit(client, methods, round):
            if round == 0:
                client.open(uri, PROGRAM)
            client.notify(
                "workspace/didChangeWatchedFiles", {"changes": [{"uri": "file:///project/lib.envd", "type": 2}]}
            )
            self.ask_everything(client, methods, uri, round)

        self.assertLess(self.grown(visit), GROWTH)

    def test_names_that_are_typed_and_gone(self):
        """More of them than a server would keep, a hundred an edit, so that what it keeps would show."""
        uri, version = "file:///project/build.envd", 0

        def visit(client, methods, round):
            nonlocal version
            if round == 0:
                client.open(uri, "", 0)
            version += 1
            text = "".join(f"name_{round}_{number} = {number}\n" for number in range(100))
            client.change(uri, version, {"text": text})
            client.call("envd/syntaxTree", document(uri))

        self.assertLess(self.grown(visit), GROWTH)

    def test_statements_whose_findings_name_a_place_in_them(self):
        uri = "file:///project/build.envd"
        entries = "".join(f'    "key{number}": [{number}, "text"],\n' for number in range(200))

        def visit(client, methods, round):
            text = f'TABLE = {{\n{entries}    "key0": {round},\n}}\n'
            if round == 0:
                client.open(uri, text, 0)
                self.version = 0
            self.version += 1
            client.change(uri, self.version, {"text": text})
            client.call("envd/syntaxTree", document(uri))
            client.quiet(0.003)

        self.assertLess(self.grown(visit), GROWTH)

    def test_documents_that_are_opened_and_closed(self):
        def visit(client, methods, round):
            client.open("untitled:1", PROGRAM, round)
            client.call("envd/syntaxTree", document("untitled:1"))
            client.close("untitled:1")

        self.assertLess(self.grown(visit), GROWTH)


if __name__ == "__main__":
    unittest.main()
