"""A long session of random edits and interleaved questions ends where a fresh server begins.

The client (`patient_client`) knows nothing of the server but the protocol. It edits several documents in all the ways that editors do
(`random_edits`), asks everything that the server announces (`questions`) while the text changes on, cancels, closes, reopens, and takes
what formatting proposes. A sample of the answers, and every kind of error, is held against a server started for that alone, which opens the texts
as they were when the question was asked; at the end all answers are.

LSP_EDITS says how many edits a session has, LSP_SEED is the seed of the fixed one, and LSP_FRESH_SEED repeats a fresh one.
"""

import collections
import dataclasses
import os
import pathlib
import random
import sys
import tempfile
import time
import unittest

from client import TIMEOUT, document
from patient_client import PatientClient
from questions import FULL_CLIENT, Place, announced, asks_nothing_more, follow_ups, own
from random_edits import Editor
from same_answers import same

EDITS = int(os.environ.get("LSP_EDITS", "1000"))
FIXED_SEED = os.environ.get("LSP_SEED", "20")
FRESH_SEED = os.environ.get("LSP_FRESH_SEED") or str(time.time_ns())
#: How many answers of a session are held against a fresh server's, and how many errors of one kind.
CHECKS, CHECKS_OF_ERRORS = max(40, EDITS // 200), 3
#: At how many places of each document everything is asked at the end.
PLACES = 4 if EDITS < 20_000 else 20
#: No more questions than this are under way at once.
IN_FLIGHT = 40
#: How many answers of a document are kept that later questions may refer to: no fewer than can be under way.
KEPT = 2 * IN_FLIGHT
#: How much resident memory may grow in the second half of a session, in bytes. A short one has not yet met all kinds of texts by then.
GROWTH = 4_000_000 if EDITS >= 20_000 else 8_000_000
#: How long findings that are made in the background may take to be what they stay.
SETTLE_SECONDS = 10.0
CANCELLED = -32800

FILES = {
    "build.envd": 'load("lib/helpers.envd", "helper")\n\n\ndef build():\n    base(dev=True)\n    helper("a")\n',
    "lib/helpers.envd": "def helper(name, size=1):\n    return [name] * size\n\n\ndef other(items):\n    return items\n",
    "with space é.envd": "SIZE = 2\n",
    "a": "a file to copy\n",
}


@dataclasses.dataclass
class Asked:
    """A question under way, and what the client saw when it asked."""

    method: str
    params: dict
    #: The documents that were open, as they were: (URI, version, text).
    snapshot: tuple
    is_cancelled: bool = False


class Session:
    def __init__(self, case, client, rng, encoding, pull, folder):
        self.case, self.client, self.rng, self.encoding = case, client, rng, encoding
        self.params = {"rootUri": folder.as_uri(), "workspaceFolders": [{"uri": folder.as_uri(), "name": "project"}]}
        self.capabilities = {**FULL_CLIENT, "general": {"positionEncodings": [encoding]}}
        if pull:
            text_document = {**FULL_CLIENT["textDocument"], "diagnostic": {"relatedDocumentSupport": True}}
            self.capabilities["textDocument"] = text_document
        uris = [(folder / name).as_uri() for name in FILES if name.endswith(".envd")]
        uris += [
            "untitled:Untitled-1",
            "git:/project/build.envd?%7B%22ref%22:%22HEAD%22%7D",
            "file:///nowhere/else.envd",
        ]
        self.editors = [Editor(rng, uri, encoding, "\r\n" if number == 2 else "\n") for number, uri in enumerate(uris)]
        self.pending: dict = {}
        self.edits = 0
        self.counts = collections.Counter()
        #: Errors that were checked, by method and code.
        self.errors = collections.Counter()
        self.checked = 0
        #: What each token result was that a delta may refer to.
        self.tokens: dict = {}
        #: The same for diagnostics that were pulled.
        self.pulled: dict = {}

    # The conversation

    def begin(self):
        result = self.client.initialize(self.capabilities, **self.params)
        self.offers = result["capabilities"]
        self.case.assertEqual(self.offers["positionEncoding"], self.encoding)
        self.methods = announced(self.offers) + own(self.client)

    def run(self, edits):
        goal = self.edits + edits
        while self.edits < goal:
            editor = self.rng.choice(self.editors)
            if not editor.is_open:
                self.with_closed(editor)
            elif self.rng.randrange(150) == 0:
                self.client.close(editor.uri)
                editor.is_open = False
            else:
                self.with_open(editor)
            self.client.take_all()
            self.handle_responses()
            if len(self.pending) > IN_FLIGHT:
                self.await_all()
        self.await_all()

    def with_closed(self, editor):
        pick = self.rng.randrange(8)
        if pick == 0:
            self.client.change(editor.uri, editor.version + 1, {"text": "misuse"})
        elif pick == 1:
            self.client.close(editor.uri)
        elif pick == 2:
            self.ask(editor)
        elif pick < 6:
            content = editor.begin()
            self.client.open(editor.uri, content, editor.version)

    def with_open(self, editor):
        changes, count = editor.edit()
        self.edits += count
        self.client.change(editor.uri, editor.version, *changes)
        for _ in range(self.rng.choice([0, 0, 1, 1, 2])):
            self.ask(self.rng.choice([editor, editor, self.rng.choice(self.editors)]))
        pick = self.rng.randrange
        if pick(8) == 0:
            self.send("envd/syntaxTree", document(editor.uri))
        if pick(6) == 0:
            self.cancel()
        if pick(40) == 0:
            self.other_notification(editor)
        if pick(100) == 0:
            self.take_formatting(editor)

    def ask(self, editor):
        place = Place(self.rng, editor.uri, editor.content, self.encoding)
        method = self.rng.choice(self.methods)
        if method == "textDocument/semanticTokens/full" and self.rng.randrange(2):
            if self.delta(editor):
                return
        params = place.ask(method)
        if method == "textDocument/diagnostic" and self.rng.randrange(4) and editor.uri in self.pulled:
            params["previousResultId"] = self.rng.choice(list(self.pulled[editor.uri]))
        self.send(method, params)

    def delta(self, editor):
        """Asks what has changed since an earlier answer, where the server has such a question."""
        known = self.tokens.get(editor.uri)
        full = self.offers["semanticTokensProvider"]["full"]
        if not known or not isinstance(full, dict) or not full.get("delta"):
            return False
        params = document(editor.uri, previousResultId=self.rng.choice(list(known)))
        self.send("textDocument/semanticTokens/full/delta", params)
        return True

    def send(self, method, params):
        id = self.client.request(method, params)
        self.pending[id] = Asked(method, params, self.snapshot())
        self.counts[method] += 1

    def snapshot(self):
        return tuple((editor.uri, editor.version, editor.content) for editor in self.editors if editor.is_open)

    def cancel(self):
        if self.pending and self.rng.randrange(10):
            id = self.rng.choice(list(self.pending))
            self.pending[id].is_cancelled = True
        else:
            id = self.rng.choice([-1, "no such id", 2**31 - 1])
        self.client.notify("$/cancelRequest", {"id": id})

    def other_notification(self, editor):
        saved = {"uri": self.params["rootUri"] + "/lib/helpers.envd", "type": 2}
        method, params = self.rng.choice(
            [
                ("textDocument/didSave", document(editor.uri)),
                ("$/setTrace", {"value": "off"}),
                ("$/something", {"of": "no consequence"}),
                ("workspace/didChangeConfiguration", {"settings": {}}),
                ("workspace/didChangeWatchedFiles", {"changes": [saved]}),
            ]
        )
        self.client.notify(method, params)

    def take_formatting(self, editor):
        """Has the document formatted and takes the result, as people do."""
        if "textDocument/formatting" not in self.methods:
            return
        self.await_all()
        params = Place(self.rng, editor.uri, editor.content, self.encoding).ask("textDocument/formatting")
        edits = self.client.call("textDocument/formatting", params)
        if edits:
            changes = editor.take(edits)
            self.client.change(editor.uri, editor.version, *changes)
            self.edits += len(changes)
            self.counts["edits of formatting"] += len(changes)

    # Answers

    def await_all(self):
        deadline = time.monotonic() + TIMEOUT
        while self.pending:
            assert time.monotonic() < deadline, f"no answer to {next(iter(self.pending.values())).method}"
            self.client._take()
            self.handle_responses()

    def handle_responses(self):
        while self.client.responses:
            id, message = self.client.responses.popitem()
            asked = self.pending.pop(id)
            if "error" in message:
                self.handle_error(asked, message["error"])
            elif asked.method == "envd/syntaxTree":
                self.check_text(asked, message["result"])
            else:
                self.handle_result(asked, message["result"])

    def check_text(self, asked, result):
        expected = {uri: (version, content) for uri, version, content in asked.snapshot}
        version, content = expected[asked.params["textDocument"]["uri"]]
        self.case.assertEqual((result["version"], result["text"]), (version, content))

    def handle_error(self, asked, error):
        if error["code"] == CANCELLED:
            self.case.assertTrue(asked.is_cancelled, f"{asked.method} was cancelled by nobody")
            self.counts["cancelled"] += 1
            return
        kind = (asked.method, error["code"])
        self.errors[kind] += 1
        if self.errors[kind] <= CHECKS_OF_ERRORS:
            fresh = self.fresh_answer(asked)
            self.case.assertEqual(
                fresh.get("error", {}).get("code"), error["code"], f"a fresh server answers {asked} otherwise: {error}"
            )

    def handle_result(self, asked, result):
        if asked.method.startswith("textDocument/semanticTokens/full"):
            result = self.remember_tokens(asked, result)
        elif asked.method == "textDocument/diagnostic":
            result = self.remember_diagnostics(asked, result)
        # The first answers are to little text; later ones are as likely to be looked at.
        if self.checked < CHECKS and self.rng.random() < CHECKS / EDITS * 2:
            self.checked += 1
            self.check_against_fresh(asked, result)
        following = follow_ups(self.offers, asked.method, result)
        if following and self.rng.randrange(3) == 0:
            self.send(*self.rng.choice(following))

    def remember_tokens(self, asked, result):
        """The whole of the tokens, whether the answer was that or a difference."""
        if result is None:
            return None
        known = self.tokens.setdefault(asked.params["textDocument"]["uri"], {})
        if "edits" in result:
            data = list(known[asked.params["previousResultId"]])
            for edit in sorted(result["edits"], key=lambda edit: edit["start"], reverse=True):
                data[edit["start"] : edit["start"] + edit["deleteCount"]] = edit.get("data", [])
        else:
            data = result["data"]
        if "resultId" in result:
            known[result["resultId"]] = data
            while len(known) > KEPT:
                del known[next(iter(known))]
        return {"data": data}

    def remember_diagnostics(self, asked, result):
        """All diagnostics, whether the answer was these or that they are what they were."""
        known = self.pulled.setdefault(asked.params["textDocument"]["uri"], {})
        if result["kind"] == "unchanged":
            self.counts["unchanged diagnostics"] += 1
            result = {"kind": "full", "items": known[result["resultId"]]}
        elif "resultId" in result:
            known[result["resultId"]] = result["items"]
            while len(known) > KEPT:
                del known[next(iter(known))]
        return result

    def check_against_fresh(self, asked, result):
        fresh = self.fresh_answer(asked)
        assert "result" in fresh, f"a fresh server refuses {asked}"
        same(result, fresh["result"], asked)

    def fresh_answer(self, asked):
        with PatientClient(validates=False) as fresh:
            self.open_in(fresh, asked.snapshot)
            method, params = asked.method, asked.params
            params = {key: value for key, value in params.items() if key != "previousResultId"}
            if method.endswith("/full/delta"):
                method, params = "textDocument/semanticTokens/full", document(params["textDocument"]["uri"])
            return fresh.response(fresh.request(method, params))

    def open_in(self, fresh, snapshot):
        fresh.initialize(self.capabilities, **self.params)
        for uri, version, content in snapshot:
            fresh.open(uri, content, version)

    # The end

    def compare_all(self):
        """Asks this server and a fresh one everything that is to be known of the open documents."""
        for editor in self.editors:
            if not editor.is_open:
                self.client.open(editor.uri, editor.begin(), editor.version)
        with PatientClient() as fresh:
            self.open_in(fresh, self.snapshot())
            for editor in self.editors:
                self.compare(fresh, "envd/syntaxTree", document(editor.uri))
                place = Place(self.rng, editor.uri, editor.content, self.encoding)
                for method in self.methods:
                    for _ in range(1 if asks_nothing_more(method) else PLACES):
                        self.compare(fresh, method, place.ask(method))
            if self.offers.get("workspaceSymbolProvider"):
                for query in ["", "build", "hlp", "😀"]:
                    self.compare(fresh, "workspace/symbol", {"query": query})
            self.compare_published(fresh)
            self.case.assertEqual(fresh.leave(), 0)

    def compare(self, fresh, method, params):
        ours, theirs = (client.response(client.request(method, params)) for client in (self.client, fresh))
        self.case.assertEqual(
            ours.get("error", {}).get("code"),
            theirs.get("error", {}).get("code"),
            f"{method} {params}: {ours} {theirs}",
        )
        if "error" in ours:
            return
        self.counts["compared at the end"] += 1
        if method == "envd/syntaxTree":
            editor = next(editor for editor in self.editors if editor.uri == params["textDocument"]["uri"])
            self.case.assertEqual(ours["result"]["text"], editor.content)
        same(ours["result"], theirs["result"], (method, params))
        pairs = zip(*(follow_ups(self.offers, method, answer["result"]) for answer in (ours, theirs)))
        for (following, our_params), (_, their_params) in list(pairs)[:5]:
            results = self.client.call(following, our_params), fresh.call(following, their_params)
            same(*results, (following, our_params))

    def compare_published(self, fresh):
        """Findings may be made in the background; in the end both servers have the same."""
        uris = [editor.uri for editor in self.editors]
        deadline = time.monotonic() + SETTLE_SECONDS
        while True:
            for client in (self.client, fresh):
                client.quiet(0.2)
            ours, theirs = ([client.published.get(uri) for uri in uris] for client in (self.client, fresh))
            versions = [params and params.get("version") for params in ours]
            # Whose client pulls publishes nothing.
            current = versions == [editor.version for editor in self.editors] or self.offers.get("diagnosticProvider")
            ours, theirs = ([params and params["diagnostics"] for params in both] for both in (ours, theirs))
            if current and ours == theirs:
                return
            if time.monotonic() > deadline:
                self.case.assertEqual(versions, [editor.version for editor in self.editors])
                same(ours, theirs, "published diagnostics")


class RandomSession(unittest.TestCase):
    def run_session(self, seed, encoding, pull=False):
        print(f"random session: LSP_SEED={seed}, {encoding}, {EDITS} edits", file=sys.stderr)
        with tempfile.TemporaryDirectory() as name, PatientClient() as client:
            folder = pathlib.Path(name).resolve()
            for path, content in FILES.items():
                (folder / path).parent.mkdir(exist_ok=True)
                (folder / path).write_text(content)
            session = Session(self, client, random.Random(f"{seed} {encoding}"), encoding, pull, folder)
            session.begin()
            session.run(EDITS // 2)
            client.quiet(0.2)
            halfway = client.resident_bytes()
            session.run(EDITS - EDITS // 2)
            client.quiet(0.2)
            at_end = client.resident_bytes()
            session.compare_all()
            self.assertGreater(session.checked, 0)
            self.assertGreater(session.counts["compared at the end"], len(session.methods))
            self.assertLess(at_end - halfway, GROWTH, "memory grows")
            self.assertEqual(client.leave(), 0)
            print(
                f"random session: {session.edits} edits, {sum(session.counts.values())} questions of {len(session.methods)} kinds, "
                f"{session.counts['cancelled']} cancelled, {sum(session.errors.values())} errors, {session.checked} answers checked; memory "
                f"{halfway / 1e6:.1f} MB halfway, {at_end / 1e6:.1f} MB at the end",
                file=sys.stderr,
            )

    def test_fixed_seed_utf_8(self):
        self.run_session(FIXED_SEED, "utf-8", pull=True)

    def test_fixed_seed_utf_16(self):
        self.run_session(FIXED_SEED, "utf-16")

    def test_fixed_seed_utf_32(self):
        self.run_session(FIXED_SEED, "utf-32")

    def test_fresh_seed_utf_8(self):
        self.run_session(FRESH_SEED, "utf-8", pull=True)

    def test_fresh_seed_utf_16(self):
        self.run_session(FRESH_SEED, "utf-16")

    def test_fresh_seed_utf_32(self):
        self.run_session(FRESH_SEED, "utf-32")


if __name__ == "__main__":
    unittest.main()
