"""Names and files get other names, as the client can take the edits."""

import unittest

from client import document, position
from project import ENCODINGS, Project

DOCUMENT_CHANGES = {"workspace": {"workspaceEdit": {"documentChanges": True}}}
PREPARES = {"textDocument": {"rename": {"prepareSupport": True}}}
FILES = {
    "lib.envd": "'é😀'; SIZE = 1\n\n\ndef helper(name):\n    return name * SIZE\n",
    "build.envd": 'load("lib.envd", "helper", length = "SIZE")\n\n\ndef build():\n    base()\n'
    '    print("é😀", helper(name = length))\n',
    "other.envd": 'load("lib.envd", "helper")\n\nhelper(1)\n',
}


class Rename(unittest.TestCase):
    def rename(self, project, name, marked, to):
        return project.client.call("textDocument/rename", project.at(name, marked, newName=to))

    def test_names_across_files_in_all_encodings(self):
        for encoding in ENCODINGS:
            with self.subTest(encoding):
                project = Project(self, FILES, DOCUMENT_CHANGES, encoding)
                project.open("build.envd", version=7)
                after = project.apply(self.rename(project, "build.envd", '"é😀", hel|per(name', "fresh"))
                self.assertEqual(after, {name: content.replace("helper", "fresh") for name, content in FILES.items()})
                after = project.apply(self.rename(project, "build.envd", "helper(na|me", "fresh"))
                self.assertEqual(after["lib.envd"], FILES["lib.envd"].replace("name", "fresh"))
                self.assertEqual(after["build.envd"], FILES["build.envd"].replace("name", "fresh"))
                after = project.apply(self.rename(project, "build.envd", "len|gth = ", "fresh"))
                self.assertEqual(after["build.envd"], FILES["build.envd"].replace("length", "fresh"))
                self.assertEqual(after["lib.envd"], FILES["lib.envd"])
                self.assertEqual(project.client.leave(), 0)

    def test_clients_that_know_no_versions(self):
        project = Project(self, FILES)
        project.open("build.envd")
        edit = self.rename(project, "build.envd", "hel|per(name", "fresh")
        self.assertEqual(list(edit), ["changes"])
        self.assertEqual(len(edit["changes"]), 3)

    def test_open_documents_count_rather_than_the_disk(self):
        project = Project(self, FILES, DOCUMENT_CHANGES)
        project.open("build.envd")
        project.open("lib.envd")
        project.change("lib.envd", "\n\n" + FILES["lib.envd"])
        after = project.apply(self.rename(project, "build.envd", "hel|per(name", "fresh"))
        self.assertEqual(after["lib.envd"], "\n\n" + FILES["lib.envd"].replace("helper", "fresh"))

    def test_what_is_prepared(self):
        for encoding in ENCODINGS:
            with self.subTest(encoding):
                project = Project(self, FILES, PREPARES, encoding)
                self.assertEqual(project.capabilities["renameProvider"], {"prepareProvider": True})
                project.open("build.envd")
                found = project.client.call("textDocument/prepareRename", project.at("build.envd", "hel|per(name"))
                self.assertEqual(project.said("build.envd", found["range"]), "helper")
                self.assertEqual(found["placeholder"], "helper")
                found = project.client.call("textDocument/prepareRename", project.at("build.envd", '"hel|per"'))
                self.assertEqual(project.said("build.envd", found["range"]), "helper")

    def test_clients_that_prepare_nothing(self):
        project = Project(self, FILES)
        self.assertIs(project.capabilities["renameProvider"], True)

    def test_refusals_are_errors(self):
        project = Project(self, FILES)
        project.open("build.envd")
        prepare = "textDocument/prepareRename"
        self.assertEqual(project.client.error(prepare, project.at("build.envd", "ba|se()")), -32803)
        self.assertIsNone(project.client.call(prepare, project.at("build.envd", "base()|")))
        for name in ["if", "1", "len", "install", "build", "length", ""]:
            with self.subTest(name):
                params = project.at("build.envd", "hel|per(name", newName=name)
                self.assertEqual(project.client.error("textDocument/rename", params), -32803)
        params = document("file:///nowhere.envd", position=position(0, 0), newName="x")
        self.assertEqual(project.client.error("textDocument/rename", params), -32803)

    def test_variables_that_change_together(self):
        for encoding in ENCODINGS:
            with self.subTest(encoding):
                project = Project(self, {"build.envd": 'x = ["é😀" + y for y in ["é😀"] if y]\n'}, {}, encoding)
                project.open("build.envd")
                found = project.client.call(
                    "textDocument/linkedEditingRange", project.at("build.envd", "for y| in")
                )
                self.assertEqual([project.said("build.envd", span) for span in found["ranges"]], ["y", "y", "y"])
                params = project.at("build.envd", "x| = [")
                self.assertIsNone(project.client.call("textDocument/linkedEditingRange", params))


class RenamedFiles(unittest.TestCase):
    FILES = {
        "build.envd": "'é😀'; x = 1\nload(\"lib/a.envd\", \"a\")\nload(\"b.envd\", \"b\")\n",
        "lib/a.envd": 'load("lib/c.envd", "c")\na = c\n',
        "lib/c.envd": "c = 1\n",
        "b.envd": "b = 1\n",
    }
    CAPABILITIES = {"workspace": {"fileOperations": {"willRename": True}}}

    def will_rename(self, project, *pairs):
        files = [{"oldUri": project.uri(old), "newUri": project.uri(new)} for old, new in pairs]
        return project.client.call("workspace/willRenameFiles", {"files": files})

    def test_files_and_folders(self):
        for encoding in ENCODINGS:
            with self.subTest(encoding):
                project = Project(self, self.FILES, self.CAPABILITIES, encoding)
                self.assertIn("willRename", project.capabilities["workspace"]["fileOperations"])
                project.open("build.envd")
                after = project.apply(self.will_rename(project, ("lib/a.envd", "lib/d.envd")))
                self.assertEqual(after["build.envd"], self.FILES["build.envd"].replace("lib/a", "lib/d"))
                after = project.apply(self.will_rename(project, ("lib", "parts/library"), ("b.envd", "parts/b.envd")))
                changed = self.FILES["build.envd"].replace("lib/a", "parts/library/a").replace('"b.envd', '"parts/b.envd')
                self.assertEqual(after["build.envd"], changed)
                self.assertEqual(after["lib/a.envd"], self.FILES["lib/a.envd"].replace("lib/c", "parts/library/c"))

    def test_nothing_to_do(self):
        project = Project(self, self.FILES, self.CAPABILITIES)
        self.assertIsNone(self.will_rename(project, ("lib/none.envd", "lib/other.envd")))
        self.assertIsNone(self.will_rename(project))
        files = [{"oldUri": "untitled:a", "newUri": "untitled:b"}]
        self.assertIsNone(project.client.call("workspace/willRenameFiles", {"files": files}))

    def test_only_clients_that_ask(self):
        project = Project(self, self.FILES)
        self.assertNotIn("fileOperations", project.capabilities["workspace"])


if __name__ == "__main__":
    unittest.main()
