"""Actions come in the form that the client can take, for the kinds that it asks for, and do what they say."""

import subprocess
import unittest

from client import BINARY, document
from project import ENCODINGS, Asking, Project

LITERALS = {
    "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "refactor", "source"]}},
    "isPreferredSupport": True,
}
LAZY = LITERALS | {"dataSupport": True, "resolveSupport": {"properties": ["edit"]}}
WORKSPACE = {"workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]}}
FILES = {
    "lib.envd": "a = 1\nb = 2\n",
    "build.envd": 'load("lib.envd", "a", "b")\n\n\ndef build():\n    bas()\n    print("é😀", "x" + str(a))\n',
}


class CodeActions(unittest.TestCase):
    def project(self, actions, encoding="utf-16", workspace=None, files=None, client=None):
        capabilities = {
            "textDocument": {"codeAction": actions} if actions is not None else {},
            "workspace": WORKSPACE if workspace is None else workspace,
        }
        more = {"client": client} if client else {}
        project = Project(self, files or FILES, capabilities, encoding, **more)
        project.open("build.envd")
        return project

    def actions(self, project, piece, only=None):
        context = {"diagnostics": []} | ({"only": only} if only is not None else {})
        params = document(project.uri("build.envd"), range=project.range("build.envd", piece), context=context)
        return project.client.call("textDocument/codeAction", params)

    def find(self, actions, title):
        found = [action for action in actions if title in action["title"]]
        self.assertEqual(len(found), 1, [action["title"] for action in actions])
        return found[0]

    def test_quick_fixes_carry_their_diagnostics(self):
        project = self.project(LITERALS)
        action = self.find(self.actions(project, "bas"), "'base'")
        self.assertEqual(action["kind"], "quickfix")
        self.assertEqual([diagnostic["code"] for diagnostic in action["diagnostics"]], ["undefined-name"])
        self.assertEqual(project.said("build.envd", action["diagnostics"][0]["range"]), "bas")
        self.assertIn("base()", project.apply(action["edit"])["build.envd"])
        self.assertNotIn("data", action)

    def test_edits_are_found_when_they_are_asked_for(self):
        for encoding in ENCODINGS:
            with self.subTest(encoding):
                project = self.project(LAZY, encoding)
                self.assertIs(project.capabilities["codeActionProvider"]["resolveProvider"], True)
                action = self.find(self.actions(project, '"x" + str(a)', ["refactor.extract"]), "variable")
                self.assertNotIn("edit", action)
                # What a client adds of its own is given back.
                resolved = project.client.call("codeAction/resolve", action | {"disabled": {"reason": "no"}})
                self.assertEqual(resolved["disabled"], {"reason": "no"})
                after = project.apply(resolved["edit"])["build.envd"]
                self.assertIn('    value = "x" + str(a)\n    print("é😀", value)\n', after)

    def test_an_action_of_an_older_version(self):
        project = self.project(LAZY)
        action = self.find(self.actions(project, "bas"), "'base'")
        project.change("build.envd", "\n" + FILES["build.envd"])
        self.assertEqual(project.client.error("codeAction/resolve", action), -32801)
        action["data"]["uri"] = "file:///nowhere"
        self.assertEqual(project.client.error("codeAction/resolve", action), -32803)
        action["data"] = {"uri": 1}
        self.assertEqual(project.client.error("codeAction/resolve", action), -32602)
        self.assertEqual(project.client.call("codeAction/resolve", {"title": "x"}), {"title": "x"})

    def test_kinds(self):
        project = self.project(LITERALS)
        for only in [["quickfix"], ["refactor"], ["source"], ["source.fixAll"], ["source.organizeImports"], ["nothing"], []]:
            with self.subTest(only=only):
                kinds = {action["kind"] for action in self.actions(project, "bas()", only)}
                for kind in kinds:
                    self.assertTrue(any(kind == asked or kind.startswith(asked + ".") for asked in only))
                if only and only != ["nothing"] and only != ["refactor"]:
                    self.assertTrue(kinds)

    def test_fix_all_is_what_the_command_line_does(self):
        project = self.project(LITERALS)
        action = self.find(self.actions(project, "bas", ["source.fixAll.envd"]), "Fix all")
        after = project.apply(action["edit"])["build.envd"]
        subprocess.run([BINARY, "lint", "--fix", project.root / "build.envd"], stdout=subprocess.DEVNULL)
        self.assertEqual(after, (project.root / "build.envd").read_text())
        self.assertNotEqual(after, FILES["build.envd"])

    def test_organized_loads(self):
        files = FILES | {"build.envd": 'load("lib.envd", "b", "a")\n\nprint(a, b)\n'}
        project = self.project(LITERALS, files=files)
        action = self.find(self.actions(project, "load", ["source.organizeImports"]), "Organize")
        self.assertTrue(project.apply(action["edit"])["build.envd"].startswith('load("lib.envd", "a", "b")\n'))

    def test_files_are_created_by_clients_that_can(self):
        files = {"build.envd": 'load("new/lib.envd", "f")\n\nf()\n'}
        project = self.project(LITERALS, files=files)
        action = self.find(self.actions(project, '"new/lib.envd"'), "Create")
        self.assertEqual(project.apply(action["edit"])["new/lib.envd"], "def f():\n    pass\n")
        for workspace in [{}, {"workspaceEdit": {"documentChanges": True}}]:
            project = self.project(LITERALS, workspace=workspace, files=files)
            titles = [action["title"] for action in self.actions(project, '"new/lib.envd"')]
            self.assertFalse(any("Create" in title for title in titles), titles)

    def test_commands_for_clients_that_know_nothing_else(self):
        project = self.project(None, workspace={"applyEdit": True}, client=Asking)
        self.assertEqual(project.capabilities["executeCommandProvider"], {"commands": ["envd.applyCodeAction"]})
        command = self.find(self.actions(project, "bas"), "'base'")
        self.assertEqual(set(command), {"title", "command", "arguments"})
        params = {"command": command["command"], "arguments": command["arguments"]}
        self.assertIsNone(project.client.call("workspace/executeCommand", params))
        asked = project.client.request_of_server("workspace/applyEdit")
        self.assertIn("base()", project.apply(asked["params"]["edit"])["build.envd"])
        self.assertEqual(project.client.error("workspace/executeCommand", {"command": "other"}), -32602)

    def test_nothing_for_clients_that_know_neither(self):
        project = self.project(None, workspace={})
        self.assertNotIn("codeActionProvider", project.capabilities)
        self.assertEqual(self.actions(project, "bas"), [])


if __name__ == "__main__":
    unittest.main()
