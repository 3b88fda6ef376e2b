"""`envd plan --diff`: which steps would be rebuilt because of a change, and why.

For random changes, what it says is held against a second opinion, `Opinion`, written here by BuildKit's rules over the
graphs of both plans and the files on disk.
"""

import hashlib
import json
import os
import pathlib
import random
import shutil
import socket
import subprocess

import jsonschema
import pytest
from conftest import BINARY, ENVIRONMENT, ROOT

SCHEMA = json.loads((ROOT / "Tests" / "Specs" / "plan" / "plan-diff-output.schema.json").read_text())

PROGRAM = """\
def build():
    base(dev=True)
    install.conda()
    install.python()
    install.apt_packages(name=["htop", "tmux"])
    install.python_packages(requirements="requirements.txt")
    io.copy("src", "/opt/src")
    shell("zsh")
    run(["echo done"])
"""

GIT = ENVIRONMENT | {
    "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_AUTHOR_DATE": "2020-01-01T00:00:00Z",
    "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_COMMITTER_DATE": "2020-01-01T00:00:00Z",
}  # fmt: skip


def git(folder, *arguments, **environment):
    done = subprocess.run(["git", *arguments], cwd=folder, env=GIT | environment, capture_output=True, timeout=60)
    assert done.returncode == 0, done
    return done.stdout.decode().strip()


def commit(folder):
    git(folder, "add", "--all", ".")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "state")
    return git(folder, "rev-parse", "HEAD")


class Project:
    """A project in a subdirectory of a repository, so that git's own directory is no part of what a build takes."""

    def __init__(self, folder):
        self.repository = folder / "repository"
        self.path = self.repository / "project"
        self.path.mkdir(parents=True)
        git(self.repository, "init", "--quiet", "--initial-branch", "main", ".")
        self.write("build.envd", PROGRAM)
        self.write("requirements.txt", "numpy\n")
        self.write("src/a.py", "print(1)\n")
        self.write("src/deep/b.py", "print(2)\n")
        self.write("README", "hello\n")
        (self.path / "src/link").symlink_to("a.py")
        self.first = commit(self.repository)

    def write(self, name, text):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    def remove(self, name):
        (self.path / name).unlink()

    def edit(self, old, new, name="build.envd"):
        text = (self.path / name).read_text()
        assert old in text
        self.write(name, text.replace(old, new))

    def run(self, *arguments, cwd=None, **environment):
        return subprocess.run(
            [BINARY, "plan", *arguments], cwd=cwd or self.path, env=ENVIRONMENT | environment, capture_output=True,
            timeout=60,
        )  # fmt: skip

    def text(self, other="HEAD", *options):
        done = self.run("--diff", other, *options)
        assert done.returncode in (0, 1), done
        return done.stdout.decode()

    def json(self, other="HEAD", *options):
        done = self.run("--diff", other, "--format", "json", *options)
        assert done.returncode in (0, 1), done
        difference = json.loads(done.stdout)
        jsonschema.validate(difference, SCHEMA)
        assert done.returncode == int(any(step["state"] != "unchanged" for step in difference["steps"]))
        return difference

    def fails(self, *arguments, **environment):
        done = self.run(*arguments, **environment)
        assert done.returncode == 2, done
        assert done.stdout == b""
        message = done.stderr.decode()
        assert message.startswith("envd: ") and message.count("\n") == 1, message
        return message


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path)


def rebuilt(difference):
    return [step for step in difference["steps"] if step["state"] != "unchanged"]


def reasons(difference):
    """Those of the steps that are not only rebuilt because another one is."""
    found = []
    for step in rebuilt(difference):
        if step["cause"] == step["step"]:
            found += [reason for reason in step["reasons"] if reason["kind"] != "after"]
    return found


# What a change does


def test_nothing_changed(project):
    count = len(project.json()["steps"])
    assert project.text() == f"Nothing would be rebuilt: all {count} steps are as in HEAD.\n"
    assert rebuilt(project.json()) == []
    assert project.run("--diff", "HEAD").returncode == 0


def test_a_file_that_no_step_uses_rebuilds_nothing(project):
    project.write("README", "other\n")
    project.write("new.txt", "new\n")
    assert rebuilt(project.json()) == []


def test_the_time_of_a_file_rebuilds_nothing(project):
    os.utime(project.path / "src/a.py", (1, 1))
    assert rebuilt(project.json()) == []


def test_a_copied_file(project):
    project.write("src/deep/b.py", "print(3)\n")
    difference = project.json()
    first = rebuilt(difference)[0]
    assert (first["kind"], first["title"], first["locations"][0]["line"]) == ("copy", "/src to /opt/src", 7)
    assert first["reasons"] == [
        {"kind": "files", "path": "src", "files": [{"path": "src/deep/b.py", "change": "content"}]}
    ]
    assert all(step["cause"] == first["step"] for step in rebuilt(difference))
    assert "because src/deep/b.py changed." in project.text().splitlines()[0]


def test_what_is_beside_the_chain_is_not_rebuilt(project):
    project.write("src/a.py", "")
    difference = project.json()
    changed = {step["step"] for step in rebuilt(difference)}
    first = min(changed)
    sources = {step["step"] for step in difference["steps"] if step["kind"] in ("image", "local")}
    assert max(sources) > first and not changed & sources


@pytest.mark.parametrize(
    "change, expected",
    [
        (lambda p: p.write("src/new.py", "x"), {"src/new.py": "added"}),
        (lambda p: p.write("src/new/deep/x.py", "x"), {"src/new/deep/x.py": "added"}),
        (lambda p: p.remove("src/a.py"), {"src/a.py": "removed"}),
        (lambda p: (p.path / "src/a.py").chmod(0o755), {"src/a.py": "mode"}),
        (lambda p: (p.remove("src/link"), (p.path / "src/link").symlink_to("deep")), {"src/link": "link target"}),
        (lambda p: (p.remove("src/link"), p.write("src/link", "print(1)\n")), {"src/link": "kind"}),
        (lambda p: (p.path / "src/a.py").rename(p.path / "src/c.py"), {"src/a.py": "removed", "src/c.py": "added"}),
    ],
)  # fmt: skip
def test_every_kind_of_change_of_a_file(project, change, expected):
    change(project)
    (reason,) = reasons(project.json())
    assert {file["path"]: file["change"] for file in reason["files"]} == expected
    # Against a copy of the directory as well.
    other = project.repository / "old" / "project"
    git(project.repository, "worktree", "add", "--quiet", "--detach", project.repository / "old", "HEAD")
    states = [step["state"] for step in project.json()["steps"]]
    assert [step["state"] for step in project.json(str(other))["steps"]] == states


def test_permission_bits_that_git_does_not_know(project):
    """A commit does not say them; a directory does, and BuildKit counts them."""
    (project.path / "src/a.py").chmod(0o600)
    assert rebuilt(project.json()) == []
    old = project.repository / "old"
    git(project.repository, "worktree", "add", "--quiet", "--detach", old, "HEAD")
    assert [file["change"] for file in reasons(project.json(str(old / "project")))[0]["files"]] == ["mode"]


def test_a_requirements_file_that_is_in_the_command(project):
    project.write("requirements.txt", "numpy\ntorch\n")
    (reason,) = reasons(project.json())
    assert (reason["name"], reason["removed"], reason["added"]) == ("command", [], ["torch"])


def test_a_requirements_file_that_is_read_within_the_build(project):
    project.write("requirements.txt", "-r more.txt\n")
    project.write("more.txt", "numpy\n")
    commit(project.repository)
    project.write("more.txt", "numpy==2\n")
    (reason,) = reasons(project.json())
    assert reason["path"] == "." and reason["files"] == [{"path": "more.txt", "change": "content"}]
    # The whole directory is seen by that step.
    project.write("more.txt", "numpy\n")
    project.write("README", "other\n")
    assert [file["path"] for file in reasons(project.json())[0]["files"]] == ["README"]


def test_a_list_of_packages(project):
    project.edit('"htop"', '"vim"')
    (reason,) = reasons(project.json())
    assert (reason["name"], reason["removed"], reason["added"]) == ("command", ["htop"], ["vim"])
    assert "command: htop → vim" in project.text()


def test_the_base_image(project):
    project.edit("base(", 'base(image="ubuntu:24.04", ')
    difference = project.json()
    first = rebuilt(difference)[0]
    assert (first["kind"], first["step"], first["state"]) == ("image", 1, "rebuilt")
    assert first["reasons"] == [
        {
            "kind": "operation", "name": "image", "removed": ["docker.io/library/ubuntu:22.04"],
            "added": ["docker.io/library/ubuntu:24.04"],
        }
    ]  # fmt: skip
    # The other images do not change, nor what is only made of them.
    assert {step["kind"] for step in difference["steps"] if step["state"] == "unchanged"} >= {"image", "local"}


def test_what_is_known_of_the_base_image(project):
    image = {"Env": ["PATH=/usr/bin", "A=1"], "Entrypoint": [], "User": "", "WorkingDir": ""}
    project.write("envd.lock", json.dumps({"images": {"ubuntu:22.04": image}}))
    commit(project.repository)
    assert rebuilt(project.json()) == []
    image["Env"][1] = "A=2"
    project.write("envd.lock", json.dumps({"images": {"ubuntu:22.04": image}}))
    difference = project.json()
    assert difference["facts"] == [
        {"kind": "image", "name": "docker.io/library/ubuntu:22.04", "removed": ["A=1"], "added": ["A=2"]}
    ]
    assert rebuilt(difference)[0]["reasons"] == [
        {"kind": "operation", "name": "environment", "removed": ["A=1"], "added": ["A=2"]}
    ]
    assert "something else is known of the image docker.io/library/ubuntu:22.04" in project.text()


def test_what_the_name_of_an_image_stands_for(project):
    """BuildKit looks at an image's digest, which is known if it is locked on both sides."""

    def lock(**digests):
        image = {"Env": ["PATH=/usr/bin"], "Entrypoint": [], "User": "", "WorkingDir": ""}
        images = {f"ubuntu:{tag}": image | ({"digest": digest} if digest else {}) for tag, digest in digests.items()}
        project.write("envd.lock", json.dumps({"images": images}))

    one, two = "sha256:" + "1" * 64, "sha256:" + "2" * 64
    project.write("build.envd", PROGRAM.replace("base(", 'base(image="ubuntu:a", '))
    lock(a=None)
    commit(project.repository)
    lock(a=one)
    assert rebuilt(project.json()) == []  # whether it is another one nobody knows
    commit(project.repository)
    assert rebuilt(project.json()) == []
    lock(a=None)
    assert rebuilt(project.json()) == []
    lock(a=two)
    difference = project.json()
    assert rebuilt(difference)[0]["reasons"] == [
        {"kind": "operation", "name": "digest", "removed": [one], "added": [two]}
    ]
    assert "because docker.io/library/ubuntu:a is another image now." in project.text()
    # Another name for the same.
    lock(a=one, b=one)
    project.edit("ubuntu:a", "ubuntu:b")
    assert rebuilt(project.json()) == []
    project.edit("ubuntu:b", f"ubuntu@{one}")
    project.write("envd.lock", json.dumps({"images": {f"ubuntu@{one}": {"Env": ["PATH=/usr/bin"]}}}))
    assert rebuilt(project.json()) == []
    project.edit(one, two)
    project.edit(one, two, "envd.lock")
    assert rebuilt(project.json())[0]["kind"] == "image"


def test_steps_that_are_added_and_removed(project):
    project.edit('run(["echo done"])', 'run(["make"])\n    run(["echo done"])')
    added = project.json()
    assert [step["title"] for step in rebuilt(added) if step["state"] == "new"] == ["bash -c set -euo pipefail\nmake\n"]
    assert all(step["reasons"] == [{"kind": "after", "step": step["step"] - 1}] for step in rebuilt(added)[1:])
    commit(project.repository)
    project.write("build.envd", PROGRAM)
    removed = project.json()
    assert [step["title"] for step in removed["removed"]] == ["bash -c set -euo pipefail\nmake\n"]
    assert rebuilt(removed) and all(step["state"] != "new" for step in rebuilt(removed))
    assert reasons(removed) == [
        {"kind": "otherInput", "step": rebuilt(removed)[0]["step"] - 1, "was": removed["removed"][0]["was"]}
    ]
    assert "make is gone" in project.text().splitlines()[0]


def test_steps_in_another_order(project):
    project.write("build.envd", 'def build():\n    base()\n    run(["a"])\n    run(["b"])\n')
    commit(project.repository)
    project.write("build.envd", 'def build():\n    base()\n    run(["b"])\n    run(["a"])\n')
    difference = project.json()
    # Both do what they did, each on top of another step.
    b, a = rebuilt(difference)
    assert (b["was"], a["was"]) == (a["step"], b["step"])
    assert {reason["kind"] for reason in b["reasons"]} == {"otherInput"}


def test_how_the_program_is_written_does_not_matter(project):
    body = PROGRAM.split("\n", 1)[1]
    project.write("build.envd", f"def setup():\n{body}\ndef build():\n    # all of it\n    setup()\n")
    assert rebuilt(project.json()) == []


def test_another_builder_is_compared_with_itself(project):
    project.write("src/a.py", "")
    for builder in ["moby-worker", "docker-container"]:
        difference = project.json("HEAD", "--builder", builder)
        assert len(reasons(difference)) == 1 and reasons(difference)[0]["kind"] == "files"


def test_only_what_runs_later_changed(project):
    project.edit("run(", 'runtime.expose(envd_port=80, host_port=8080, service="web")\n    run(')
    assert project.run("--diff", "HEAD").returncode == 0
    assert "\nwhen it runs: port: + 80 web on" in project.text()
    assert [change["name"] for change in project.json()["runtime"]] == ["port"]


def test_a_copy_of_the_same_content_from_elsewhere(project):
    """BuildKit compares what is copied, not where it was."""
    (project.path / "moved").mkdir()
    (project.path / "src").rename(project.path / "moved/src")
    project.edit('"src"', '"moved/src"')
    assert rebuilt(project.json()) == []
    project.write("moved/src/a.py", "")
    assert [file["path"] for file in reasons(project.json())[0]["files"]] == ["moved/src/a.py"]


def test_a_copy_out_of_a_step_that_is_rebuilt(project):
    """What an image holds is not known here, so that its copies are not sure to be rebuilt."""
    copy = 'io.copy("/bin/x", "/bin/x", image="tool:1")'
    project.write("build.envd", f'def build():\n    base()\n    {copy}\n    run(["x"])\n')
    commit(project.repository)
    project.edit("tool:1", "tool:2")
    difference = project.json()
    assert [(step["kind"], step["state"]) for step in rebuilt(difference)] == [
        ("image", "rebuilt"), ("copy", "uncertain"), ("run", "uncertain")
    ]  # fmt: skip
    image, copy, run = rebuilt(difference)
    assert copy["reasons"] == [{"kind": "contentOf", "step": image["step"], "paths": ["/bin/x"]}]
    assert "1 of 4 steps would be rebuilt and 2 may be" in project.text()


def test_files_that_git_stores_elsewhere(project):
    """A commit holds a pointer instead of a large file that Git LFS takes care of."""
    content = b"weights" * 1000
    digest = hashlib.sha256(content).hexdigest()
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize {len(content)}\n"
    project.write("src/model.bin", pointer)
    (project.repository / ".gitattributes").write_text("*.bin filter=lfs\n")
    commit(project.repository)
    assert rebuilt(project.json()) == []
    project.write("src/model.bin", content)
    assert rebuilt(project.json()) == []
    project.write("src/model.bin", content + b"x")
    assert [file["path"] for file in reasons(project.json())[0]["files"]] == ["src/model.bin"]
    project.write("src/model.bin", content.replace(b"w", b"v", 1))
    assert [file["path"] for file in reasons(project.json())[0]["files"]] == ["src/model.bin"]


def test_long_texts_are_shortened_unless_all_is_asked_for(project):
    words = [f"package-{number}" for number in range(100)]
    project.edit('["htop", "tmux"]', json.dumps(words))
    for number in range(20):
        project.write(f"src/{number}", "x")
    short, full = project.text(), project.text("HEAD", "--full")
    assert "package-99" not in short and "package-99" in full
    assert "and 14 files more" in short and "files more" not in full
    assert all(f"src/{number}: new" in full for number in range(20))


# What it is compared with


def test_every_way_to_name_a_revision(project):
    project.write("src/a.py", "2\n")
    commit(project.repository)
    git(project.repository, "tag", "--annotate", "--message", "m", "v1", project.first)
    git(project.repository, "branch", "topic/x", project.first)
    for name in ["HEAD~1", "v1", "topic/x", project.first, project.first[:12], "main~1", "HEAD^", "v1^{}"]:
        difference = project.json(name)
        assert difference["against"] == {"kind": "revision", "name": name, "commit": project.first}
        assert [reason["kind"] for reason in reasons(difference)] == ["files"]


def test_neither_the_work_tree_nor_the_index_is_touched(project):
    project.write("src/a.py", "staged\n")
    git(project.repository, "add", ".")
    project.write("src/a.py", "dirty\n")
    os.utime(project.path / "README", (1, 1))

    def everything():
        paths = sorted(project.repository.rglob("*"))
        return [(path, path.stat().st_mtime_ns, path.is_file() and path.read_bytes()) for path in paths]

    before = everything()
    assert [file["path"] for file in reasons(project.json())[0]["files"]] == ["src/a.py"]
    assert everything() == before


def test_a_configuration_that_came_with_the_repository_runs_nothing(project, tmp_path):
    trap = tmp_path / "trap"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {trap}\n")
    script.chmod(0o755)
    project.write(".gitattributes", "* filter=evil diff=evil\n")
    project.write("src/a.py", "3\n")
    commit(project.repository)
    for name in [
        "core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.askPass", "filter.evil.smudge",
        "filter.evil.clean", "filter.evil.process", "diff.evil.textconv", "diff.external", "credential.helper",
        "core.alternateRefsCommand", "core.gitProxy", "gpg.program", "alias.ls-tree", "alias.cat-file",
        "remote.origin.uploadpack",
    ]:  # fmt: skip
        git(project.repository, "config", name, str(script))
    git(project.repository, "config", "core.hooksPath", str(tmp_path))
    git(project.repository, "config", "remote.origin.url", f"ext::{script}")
    git(project.repository, "config", "remote.origin.promisor", "true")
    git(project.repository, "config", "protocol.ext.allow", "always")
    git(project.repository, "config", "extensions.partialClone", "origin")
    project.edit("htop", "vim")
    assert reasons(project.json())
    # An object that is missing is not fetched either.
    name = git(project.repository, "rev-parse", "HEAD:project/build.envd")
    (project.repository / ".git/objects" / name[:2] / name[2:]).unlink()
    assert "git" in project.fails("--diff", "HEAD")
    assert not trap.exists()


def test_variables_of_a_hook_do_not_lead_to_another_repository(project, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "--quiet", ".")
    project.write("src/a.py", "")
    done = project.run("--diff", "HEAD", GIT_DIR=str(other / ".git"), GIT_INDEX_FILE="x", GIT_WORK_TREE=str(other))
    assert b"because src/a.py changed" in done.stdout


def test_a_directory_that_the_revision_does_not_hold(project):
    project.write("new/build.envd", "def build():\n    base()\n")
    assert "is not in that revision" in project.fails("new", "--diff", "HEAD")


def test_a_revision_without_the_program(project):
    (project.path / "build.envd").rename(project.path / "other.envd")
    assert "HEAD:build.envd" not in project.fails("--from", "nothing.envd", "--diff", "HEAD")
    message = project.fails("--from", "other.envd", "--diff", "HEAD")
    assert "no plan to compare with in 'HEAD'" in message and "other.envd" in message


def test_an_old_program_that_is_wrong(project):
    project.write("build.envd", "def build():\n    fail('no')\n")
    commit(project.repository)
    project.write("build.envd", PROGRAM)
    assert "HEAD:build.envd:2:" in project.fails("--diff", "HEAD")
    # A new program that is wrong is a finding, as without --diff.
    project.write("build.envd", "def build():\n    fail('no')\n")
    assert project.run("--diff", project.first).returncode == 1


def test_what_cannot_be_compared_with_is_one_line_and_status_2(project, tmp_path):
    assert "no such revision" in project.fails("--diff", "nothing")
    assert "no such revision" in project.fails("--diff=--upload-pack=x")
    assert "no such revision" in project.fails("--diff", "")
    assert "no such revision" in project.fails("--diff", "HEAD:project")
    assert "text or json" in project.fails("--diff", "HEAD", "--format", "dot")
    (tmp_path / "x.envd").write_text("def build():\n    base()\n")
    assert "not in the directory" in project.fails("--diff", str(tmp_path / "x.envd"))
    lonely = tmp_path / "lonely"
    lonely.mkdir()
    (lonely / "build.envd").write_text(PROGRAM)
    assert "in no git repository" in project.fails(str(lonely), "--diff", "HEAD")
    assert "no git on the PATH" in project.fails("--diff", "HEAD", PATH="/nonexistent")


def test_a_top_directory_with_git_in_it(tmp_path):
    """A step that sees the whole directory sees git's own one too; what that held is not in a commit."""
    program = 'def build():\n    base()\n    run(["make"], mount_host=True)\n    run(["x"])\n'
    (tmp_path / "build.envd").write_text(program)
    git(tmp_path, "init", "--quiet", ".")
    commit(tmp_path)
    done = subprocess.run(
        [BINARY, "plan", "--diff", "HEAD", "--format", "json"], cwd=tmp_path, env=ENVIRONMENT, capture_output=True
    )
    difference = json.loads(done.stdout)
    assert done.returncode == 1
    assert [step["state"] for step in difference["steps"]][-2:] == ["uncertain", "uncertain"]
    assert reasons(difference) == [{"kind": "unknownFiles", "paths": [".git"]}]


def test_submodules(project, tmp_path):
    module = tmp_path / "module"
    module.mkdir()
    git(module, "init", "--quiet", ".")
    (module / "m.py").write_text("1\n")
    commit(module)
    add = "-c", "protocol.file.allow=always", "submodule", "--quiet", "add"
    git(project.repository, *add, str(module), "project/src/module")
    commit(project.repository)
    assert rebuilt(project.json()) == []
    project.write("src/module/m.py", "2\n")
    assert [file["path"] for file in reasons(project.json())[0]["files"]] == ["src/module/m.py"]
    # Nobody knows what is in one that is not checked out.
    git(project.repository, "submodule", "--quiet", "deinit", "--force", "--all")
    assert reasons(project.json()) == [{"kind": "unknownFiles", "paths": ["src/module"]}]


def test_names_that_are_no_text_and_files_that_are_no_files(project, monkeypatch):
    source = os.fsencode(project.path / "src")
    with open(source + b"/\xff\n\x1b", "wb") as file:
        file.write(b"x")
    os.mkfifo(source + b"/pipe")
    monkeypatch.chdir(project.path / "src")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
    difference = project.json()
    (reason,) = reasons(difference)
    assert {file["change"] for file in reason["files"]} == {"added"} and len(reason["files"]) == 3
    assert "\x1b" not in project.text()


def test_what_may_not_be_read_is_said(unprivileged):
    folder, run = unprivileged
    (folder / "src").mkdir()
    (folder / "build.envd").write_text('def build():\n    base()\n    io.copy("src", "/src")\n')
    (folder / "src/secret").write_text("x")
    (folder / "src/secret").chmod(0)
    (folder / "old").mkdir(mode=0o755)
    shutil.copy(folder / "build.envd", folder / "old/build.envd")
    assert run("plan", "--diff", "old").fails_with_one_line("src/secret", "denied")


def test_another_program_of_the_project(project):
    project.write("gpu.envd", PROGRAM.replace("htop", "nvtop"))
    difference = project.json("gpu.envd")
    assert difference["against"] == {"kind": "file", "name": "gpu.envd"}
    assert (reasons(difference)[0]["removed"], reasons(difference)[0]["added"]) == (["nvtop"], ["htop"])
    assert project.run("project", "--diff", "project/gpu.envd", cwd=project.repository).returncode == 1


def test_a_directory_stands_in_the_place_of_the_project(project, tmp_path):
    """Its name, which is in paths within the image, does not count."""
    shutil.copytree(project.path, tmp_path / "elsewhere", symlinks=True)
    assert rebuilt(project.json(str(tmp_path / "elsewhere"))) == []


# Saved plans


def test_a_saved_plan_says_the_same_as_the_directory(project, tmp_path):
    saved = tmp_path / "saved.json"
    saved.write_bytes(project.run("--format", "json", "--snapshot").stdout)
    assert rebuilt(project.json(str(saved))) == []
    old = tmp_path / "old"
    shutil.copytree(project.path, old, symlinks=True)
    project.write("src/a.py", "changed\n")
    project.edit("htop", "vim")
    against_file, against_directory = project.json(str(saved)), project.json(str(old))
    assert against_file["against"]["kind"] == "savedPlan"
    for member in ["steps", "removed", "facts", "runtime"]:
        assert against_file[member] == against_directory[member]


def test_a_saved_plan_that_cannot_be_used(project, tmp_path):
    saved = tmp_path / "saved.json"
    saved.write_bytes(project.run("--format", "json").stdout)
    assert "--snapshot" in project.fails("--diff", str(saved))
    plan = json.loads(project.run("--format", "json", "--snapshot").stdout)
    for change in [
        lambda s: s.update(version=99),
        lambda s: s["steps"][3].pop("key"),
        lambda s: s["steps"][3].update(key="sha256:0"),
        lambda s: s["steps"][3].update(kind="magic"),
        lambda s: s["steps"][3]["inputs"][0].update(step=99),
        lambda s: s["steps"][3]["inputs"][0].update(step=-1),
        lambda s: s["steps"][3]["inputs"][0].update(files=[{"path": "x", "filtered": False, "content": 99}]),
        lambda s: s.update(contents=[[{"path": "x", "kind": "magic", "mode": 1, "identity": ""}]]),
        lambda s: s.update(contents=[[{"path": "x", "kind": "file", "mode": -1, "identity": ""}]]),
    ]:
        damaged = json.loads(json.dumps(plan))
        change(damaged["snapshot"])
        saved.write_text(json.dumps(damaged))
        assert str(saved) in project.fails("--diff", str(saved))
    saved.write_text("{ no json")
    assert "no saved plan" in project.fails("--diff", str(saved))


# A second opinion


class Opinion:
    """Which operations of a graph BuildKit would have in its cache after another graph was built, by comparing every
    operation of one with every one of the other."""

    def __init__(self, old, new, *options):
        self.sides = {"old": old, "new": new}
        self.graphs = {}
        for side, folder in self.sides.items():
            done = subprocess.run(
                [BINARY, "debug", "llb", "--path", folder, *options], env=ENVIRONMENT, capture_output=True, check=True,
                timeout=60,
            )  # fmt: skip
            operations = [json.loads(line) for line in done.stdout.splitlines()]
            self.graphs[side] = {operation["Digest"]: operation["Op"] for operation in operations[:-1]}
        self.known = {}

    def states(self):
        """`unchanged`, `uncertain` for what is so unless a step gives something else when it is run, or `rebuilt`."""
        old, new = self.graphs["old"], self.graphs["new"]
        sure, possible = (
            [any(self.same(before, now, is_sure) for before in old) for now in new] for is_sure in (True, False)
        )
        return [
            "unchanged" if is_sure else "uncertain" if is_possible else "rebuilt"
            for is_sure, is_possible in zip(sure, possible)
        ]

    def same(self, before, now, sure):
        if (before, now, sure) not in self.known:
            self.known[before, now, sure] = self.compare(self.graphs["old"][before], self.graphs["new"][now], sure)
        return self.known[before, now, sure]

    def compare(self, old, new, sure):
        if self.bare(old) != self.bare(new):
            return False
        for index, (a, b) in enumerate(zip(old.get("inputs", []), new.get("inputs", []))):
            if a.get("index", 0) != b.get("index", 0):
                return False
            paths = self.content(old, index), self.content(new, index)
            if paths[0] is not None and self.is_project("old", a) and self.is_project("new", b):
                if self.files("old", paths[0]) != self.files("new", paths[1]):
                    return False
            elif paths[0] is not None and not sure and not self.is_client("old", a) and not self.is_client("new", b):
                continue
            elif not self.same(a["digest"], b["digest"], sure) or paths[0] != paths[1]:
                return False
        return True

    def is_client(self, side, given):
        source = self.graphs[side][given["digest"]]["Op"].get("source", {})
        return source.get("identifier", "").startswith("local://")

    def is_project(self, side, given):
        source = self.graphs[side][given["digest"]]["Op"].get("source", {})
        return source.get("identifier") == "local://build-context"

    def content(self, operation, index):
        """The paths of an input that count by content; None if it is the input that counts."""
        if file := operation["Op"].get("file"):
            if any(action["input"] == index for action in file["actions"]):
                return None
            return [action["Action"]["copy"]["src"] for action in file["actions"] if action["secondaryInput"] == index]
        if execution := operation["Op"].get("exec"):
            paths = []
            for mount in execution["mounts"]:
                if mount.get("input", 0) != index:
                    continue
                if mount["dest"] == "/":
                    return None
                paths.append("/" + mount.get("selector", "").lstrip("/"))
            return paths
        return None

    def bare(self, operation):
        """The operation without what its inputs are."""
        bare = json.loads(json.dumps({"Op": operation["Op"], "inputs": len(operation.get("inputs", []))}))
        if "exec" in bare["Op"]:
            for mount in bare["Op"]["exec"]["mounts"]:
                mount.pop("selector", None)
        for action in bare["Op"].get("file", {}).get("actions", []):
            if "copy" in action["Action"]:
                action["Action"]["copy"]["src"] = action["Action"]["copy"]["src"].split("/")[-1]
        return bare

    def files(self, side, paths):
        found = []
        for path in paths:
            root = pathlib.Path(self.sides[side], path.lstrip("/"))
            entries = [root, *root.rglob("*")] if not root.is_symlink() else [root]
            for entry in sorted(entries):
                if not os.path.lexists(entry):
                    continue
                name = str(entry.relative_to(root))
                mode = entry.lstat().st_mode
                if entry.is_symlink():
                    found.append((path == "/", name, "link", os.readlink(entry)))
                elif entry.is_dir():
                    found.append((name, "dir", None if path == "/" and entry == root else mode))
                else:
                    found.append((name, "file", mode, entry.read_bytes()))
        return found


class Mutation:
    """A random project, and random changes of it."""

    CALLS = [
        "base(dev=True)", "base()", 'base(image="python:3.11")', "install.python()", "install.conda()", 'shell("fish")',
        'install.apt_packages(name=["a", "b"])', 'install.apt_packages(name=["c"])',
        'install.python_packages(name=["numpy"])', 'install.python_packages(requirements="requirements.txt")',
        'install.python_packages(requirements="nested.txt")', 'io.copy("src", "/opt/a")',
        'io.copy("src/deep", "/opt/b/")', "config.jupyter()",
        "step(part)", "step(stage)", "step(user)", 'step(stage, after="system")', 'io.copy("src/a.py", "/opt/c")',
        'io.copy(".", "/opt/d")', 'io.copy("src/link", "/opt/e")',
        'io.copy("/bin/x", "/bin/x", image="tool:1")', 'io.copy("/bin/x", "/bin/x", image="tool:2")',
        'run(["make"], mount_host=True)', 'run(["ls"])', 'run(["pwd"])',
        'runtime.environ(env={"A": "1"})', 'runtime.environ(env={"A": "2", "B": "3"}, extra_path=["/x"])',
        'io.http("https://example.org/x.tar", checksum="", filename="")', 'config.apt_source("deb x")',
    ]  # fmt: skip
    STEPS = """
load("@envd/v1/llb.envd", "llb", "step")

def part(state, build):
    return state.run("ls", mounts=[llb.bind_mount("/m", build.context(), selector="src/deep", readonly=True)])

def stage(state, build):
    return state.copy(llb.scratch().copy(build.context(), "src/deep", "/x"), "/x", "/y")

def user(state, build):
    image = llb.image("tool:1")
    return state.run("ls", mounts=[llb.bind_mount("/m", image, selector="/bin", readonly=True)])

"""
    TEXTS = ["", "numpy\n", "1\n", "-r requirements.txt\n", "numpy\ntorch\n"]

    def __init__(self, seed, folder):
        self.random = random.Random(seed)
        self.folder = folder
        self.calls = [self.random.choice(self.CALLS) for _ in range(self.random.randint(2, 8))]
        for name in ["src/a.py", "src/deep/b.py", "src/deep/c", "requirements.txt", "README"]:
            self.write(name, self.random.choice(self.TEXTS))
        self.write("nested.txt", "-r requirements.txt\n")
        (folder / "src/link").symlink_to("a.py")
        self.save()

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def save(self):
        calls = "".join(f"    {call}\n" for call in self.calls)
        self.write("build.envd", f"{self.STEPS}def build():\n{calls}    pass\n")

    def change(self):
        files = sorted(path for path in self.folder.rglob("*") if path.is_file() and path.name != "build.envd")
        calls = self.calls

        def call():
            return self.random.randrange(len(calls) + 1)

        def swap():
            if len(calls) > 1:
                a, b = self.random.sample(range(len(calls)), 2)
                calls[a], calls[b] = calls[b], calls[a]

        def relink():
            link = self.folder / "src/link"
            link.unlink(missing_ok=True)
            link.symlink_to(self.random.choice(["a.py", "deep", "gone"]))

        changes = [
            lambda: self.random.choice(files).write_text(self.random.choice(self.TEXTS)),
            lambda: self.random.choice(files).chmod(self.random.choice([0o644, 0o755])),
            lambda: self.write(f"{self.random.choice(['src', 'src/deep', '.'])}/new{self.random.randrange(3)}", "new"),
            lambda: os.utime(self.random.choice(files), (5, 5)),
            relink,
            lambda: calls.insert(call(), self.random.choice(self.CALLS)),
            lambda: calls and calls.pop(self.random.randrange(len(calls))),
            swap,
            lambda: calls and calls.__setitem__(self.random.randrange(len(calls)), self.random.choice(self.CALLS)),
        ]
        for _ in range(self.random.randint(1, 3)):
            self.random.choice(changes)()
        self.save()


@pytest.mark.parametrize("seed", range(60))
def test_random_changes(tmp_path, seed):
    old, new = tmp_path / "old" / "project", tmp_path / "new" / "project"
    new.mkdir(parents=True)
    mutation = Mutation(seed, new)
    git(tmp_path / "new", "init", "--quiet", ".")
    commit(tmp_path / "new")
    shutil.copytree(new, old, symlinks=True)
    mutation.change()
    builder = "--builder", ("moby-worker", "docker-container")[seed % 2]

    def difference(other):
        done = subprocess.run(
            [BINARY, "plan", new, "--diff", other, "--format", "json", *builder], env=ENVIRONMENT, capture_output=True,
            timeout=60,
        )  # fmt: skip
        assert done.returncode in (0, 1), done
        return json.loads(done.stdout)

    found = difference(old)
    states = [step["state"].replace("new", "rebuilt") for step in found["steps"]]
    assert states == Opinion(old, new, *builder).states()
    # A commit says the same as a directory.
    assert [(step["state"], step["was"] if "was" in step else None) for step in difference("HEAD")["steps"]] == [
        (step["state"], step["was"] if "was" in step else None) for step in found["steps"]
    ]
    for step in found["steps"]:
        # Whatever is rebuilt has a reason, and every chain of reasons ends at a step with one of its own.
        assert (step["state"] == "unchanged") == (not step["reasons"])
        for reason in step["reasons"]:
            if reason["kind"] in ("after", "contentOf"):
                assert reason["step"] < step["step"]
                assert found["steps"][reason["step"] - 1]["state"] != "unchanged"
        if step["state"] != "unchanged":
            cause = found["steps"][step["cause"] - 1]
            assert any(reason["kind"] not in ("after", "contentOf") for reason in cause["reasons"])
    # The way back removes what was new.
    assert difference(new)["steps"] and all(step["state"] == "unchanged" for step in difference(new)["steps"])
