"""Every field of every message is left out, and is everything that it is not."""

import os
import random
import unittest

import meta_model
from client import document, edit
from hostile import A, PROGRAM, REFUSALS, SEED, WRONG_VALUES, Hostile, Missing, conforms, paths, with_value
from patient_client import PatientClient
from questions import OWN_QUESTIONS


class WrongParameters(Hostile):
    def test_fields_that_are_missing_or_of_another_type(self):
        """Every field of every announced question is left out, and is everything that it is not."""
        self.begin()
        counts = {"refused": 0, "answered": 0}
        for method in self.methods:
            valid = self.ask(method)
            self.assertTrue(conforms(method, valid) or method in OWN_QUESTIONS, method)
            for path in paths(valid):
                for wrong in [*WRONG_VALUES, *([Missing] if path else [])]:
                    params = with_value(valid, path, wrong)
                    if path == () and params is None:
                        continue
                    message = self.client.response(self.client.request(method, params))
                    if "error" in message:
                        counts["refused"] += 1
                        self.assertIn(message["error"]["code"], REFUSALS, f"{method} {params} {message}")
                        # What the meta model allows may be refused for what it says, but not for its form.
                        if conforms(method, params) and method not in VALUES_MATTER:
                            self.assertNotEqual(message["error"]["code"], -32602, f"{method} {params} {message}")
                    else:
                        counts["answered"] += 1
        self.assertGreater(counts["refused"], 50 * len(self.methods))

    def test_documents_that_are_missing_are_refused(self):
        self.begin()
        for method in self.methods:
            valid = self.ask(method)
            for path in [
                ("textDocument",),
                ("textDocument", "uri"),
                ("position",),
                ("position", "line"),
                ("range", "end"),
            ]:
                if path[0] in valid:
                    params = with_value(valid, path, Missing)
                    self.assertEqual(self.client.error(method, params), -32602, (method, params))

    @unittest.skipUnless(meta_model.available, "no meta model: what there is to spoil is not known")
    def test_everything_that_the_meta_model_names(self):
        """As above, for all requests that are announced, those that go on from an answer among them."""
        self.begin()
        rng = random.Random(f"{SEED} meta model")
        examples = meta_model.announced_requests(self.offers)
        self.assertLessEqual({method for method in self.methods if not method.startswith("envd/")}, set(examples))
        for method, valid in examples.items():
            self.assertTrue(conforms(method, valid), (method, valid))
            for path in paths(valid):
                for wrong in [*rng.sample(WRONG_VALUES, 5), *([Missing] if path else [])]:
                    params = with_value(valid, path, wrong)
                    message = self.client.response(self.client.request(method, params))
                    code = message.get("error", {}).get("code")
                    # Objects that the server has not made itself are nothing that it need understand.
                    self.assertIn(code, {None, *REFUSALS}, (method, params, message))
                    if code == -32602 and not is_about_an_answer(method) and method not in VALUES_MATTER:
                        self.assertFalse(conforms(method, params), (method, params, message))

    @unittest.skipUnless(meta_model.available, "no meta model: what there is to spoil is not known")
    def test_notifications_with_wrong_parameters(self):
        self.begin()
        rng = random.Random(f"{SEED} notifications")
        for name, valid in meta_model.notifications().items():
            for path in paths(valid):
                for wrong in [*rng.sample(WRONG_VALUES, 10), *([Missing] if path else [])]:
                    self.client.notify(name, with_value(valid, path, wrong))
            self.assertIn("text", self.client.call("envd/syntaxTree", document(self.reopen())), name)

    def reopen(self):
        # What was thrown at it may have closed or changed it.
        self.client.open(A, PROGRAM)
        return A

    def test_initialize_with_anything(self):
        valid = {
            "processId": os.getpid(),
            "clientInfo": {"name": "x", "version": "1"},
            "locale": "de",
            "rootPath": None,
            "rootUri": "file:///project",
            "initializationOptions": {},
            "capabilities": {"general": {"positionEncodings": ["utf-8"]}, "workspace": {"workspaceFolders": True}},
            "trace": "off",
            "workspaceFolders": [{"uri": "file:///project", "name": "project"}],
        }
        wrong_values = [None, True, -1, 2**40, "", "x", "file:///\0", "file://host/x", "%zz", [], [None], {}, {"x": []}]
        rng = random.Random(f"{SEED} initialize")
        for path in paths(valid):
            for wrong in [*rng.sample(wrong_values, 5), Missing] if path else wrong_values:
                with PatientClient() as client:
                    params = with_value(valid, path, wrong)
                    message = client.response(client.request("initialize", params))
                    if "error" in message:
                        # It can be said better, and then all is well.
                        self.assertIn(message["error"]["code"], REFUSALS, params)
                        client.initialize()
                    else:
                        client.notify("initialized", {})
                    client.open(A, PROGRAM)
                    self.assertEqual(client.text(A), PROGRAM)
                    self.assertEqual(client.leave(), 0, params)


#: Requests that may be refused as invalid for what a string says.
VALUES_MATTER = {"workspace/textDocumentContent", "textDocument/rename", "workspace/willRenameFiles"}


def is_about_an_answer(method):
    return method.endswith("/resolve") or method.startswith(
        ("callHierarchy/", "typeHierarchy/", "workspace/executeCommand")
    )


class Positions(Hostile):
    def test_far_outside(self):
        self.begin()
        far, upside_down = {"line": 2**31 - 1, "character": 2**31 - 1}, {"line": 0, "character": 2**31 - 1}
        for method in self.methods:
            for start, end in [
                (far, far),
                (far, {"line": 0, "character": 0}),
                (upside_down, {"line": 0, "character": 0}),
            ]:
                params = self.ask(method)
                params.update({key: start for key in params if key == "position"})
                params.update({key: {"start": start, "end": end} for key in params if key == "range"})
                params.update({key: [start, end] for key in params if key == "positions"})
                message = self.client.response(self.client.request(method, params))
                self.assertIn(message.get("error", {}).get("code"), {None, -32803}, (method, message))

    def test_changes_far_outside_and_upside_down(self):
        self.begin()
        limit = 2**31 - 1
        self.client.change(A, 2, edit(limit, limit, 0, 0, "all\n"))
        self.assertEqual(self.client.text(A), "all\n")
        self.client.change(A, 3, edit(limit, 0, limit, limit, "end"))
        self.assertEqual(self.client.text(A), "all\nend")
        # What is refused leaves the text as it is, and the next change is one of that text.
        for bad in [-1, 2**64, 1.5, "0", None]:
            self.client.change(A, 4, edit(0, 0, bad, 0, "bad"))
        self.client.change(A, 5, edit(0, 0, 0, 3, "ALL"))
        self.assertEqual(self.client.text(A), "ALL\nend")

    def test_versions(self):
        self.begin()
        for version in [0, -1, 2**31 - 1, -(2**31), 5, 5, 3]:
            self.client.change(A, version, {"text": f"x = {version}\n"})
            result = self.client.call("envd/syntaxTree", document(A))
            self.assertEqual((result["version"], result["text"]), (version, f"x = {version}\n"))
        for version in [2**31, 2**64, "1", [], 1.5]:
            self.client.change(A, version, {"text": "no\n"})
            self.assertEqual(self.client.text(A), "x = 3\n", version)


if __name__ == "__main__":
    unittest.main()
