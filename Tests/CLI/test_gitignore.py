"""The walk over folders leaves out what git would: each tree is held against git itself."""

import json
import random
import subprocess

import pytest
from conftest import ENVIRONMENT


def git(cwd, *arguments):
    completed = subprocess.run(["git", *arguments], cwd=cwd, env=ENVIRONMENT, capture_output=True, check=True)
    return completed.stdout


def not_ignored(root, folder="."):
    """The .envd files that git would offer to add, without hidden names."""
    output = git(root / folder, "ls-files", "-z", "--others", "--exclude-standard", "--", "*.envd")
    names = [name.decode() for name in output.split(b"\0") if name]
    return sorted(name for name in names if not any(part.startswith(".") for part in name.split("/")))


def linted(envd, root, folder="."):
    finished = envd("lint", "--format", "json", cwd=root / folder)
    if b"there is no build.envd" in finished.stderr:
        return []
    return sorted(json.loads(finished.out)["files"])


def make(root, files, ignores):
    git(root, "init", "-q", ".")
    for name in files:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("")
    for name, text in ignores.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(text if isinstance(text, bytes) else text.encode())


FILES = [
    "build.envd", "a.envd", "ab.envd", "a b.envd", "#a.envd", "!a.envd", "a[b].envd", "a-b.envd", "a\\b.envd", "é.envd",
    "src/build.envd", "src/a.envd", "src/deep/a.envd", "src/deep/er/b.envd", "out/a.envd", "out/keep.envd",
    "src/out/a.envd", "x.envd/a.envd", "x.envd/b/a.envd", "a/b/c/a.envd", "a/c/b.envd", "space .envd", "1.envd", "9.envd",
]  # fmt: skip

PATTERNS = [
    "a.envd", "/a.envd", "*.envd", "*\n!a.envd", "*.envd\n!/src/", "out/", "/out/", "out", "out/*\n!out/keep.envd",
    "src/", "src/*\n!src/deep", "/src/deep/a.envd", "deep/a.envd", "**/a.envd", "src/**", "src/**/a.envd", "a/**/b.envd",
    "a/**/a.envd", "**/deep/**", "***/a.envd", "a**.envd", "**", "/**", "**/", "*/", "/*/", "?.envd", "a?b.envd", "??.envd",
    "[a-z].envd", "[!a].envd", "[^a].envd", "[]a].envd", "a[[]b].envd", "a[-]b.envd", "[[:digit:]].envd", "[[:alpha:]]*.envd",
    "[[:nonsense:]].envd", "[[:digit].envd", "[1-].envd", "[9-1].envd", "[\\a].envd", "[a", "a[b", "a\\", "\\a.envd", "\\#a.envd",
    "#a.envd", "\\!a.envd", "!a.envd", "a\\ b.envd", "a b.envd", "a.envd   ", "a.envd\\   ", "   ", "", "/", "//", "/ ", "!", "!/",
    "a.envd\r\n", "\ufeffa.envd", "a.envd/", "x.envd/", "x.envd", "src/deep/", "/src/**/er", "s*c/d?ep/*.envd", "src\\/a.envd",
    "src/[d]eep", "src[/]a.envd", "a\\\\b.envd", "a[\\\\]b.envd", "é.envd", "[é].envd", "*é*", "*.envd\n!*.envd", "!*.envd\n*.envd",
    "*a*a*a*a*a*a*a*b", "**/**/**/**/a.envd", "space\\ .envd", "space .envd", "./a.envd", "../a.envd", "src/./a.envd",
]  # fmt: skip


@pytest.mark.parametrize("pattern", PATTERNS)
def test_each_pattern_means_what_it_means_to_git(envd, tmp_path, pattern):
    make(tmp_path, FILES, {".gitignore": pattern})
    assert linted(envd, tmp_path) == not_ignored(tmp_path)


def test_a_pattern_cannot_take_exponential_time(envd, tmp_path):
    make(tmp_path, ["a" * 200 + ".envd"], {".gitignore": "*a" * 100 + "b\n" + "**/" * 200 + "b"})
    assert linted(envd, tmp_path) == ["a" * 200 + ".envd"]


def test_files_further_in_have_the_last_word(envd, tmp_path):
    ignores = {".gitignore": "a.envd\nout/\n", "src/.gitignore": "!a.envd\n/deep/er\n", "out/.gitignore": "!*\n"}
    make(tmp_path, FILES, ignores)
    expected = not_ignored(tmp_path)
    assert "src/a.envd" in expected and "out/keep.envd" not in expected
    assert linted(envd, tmp_path) == expected


def test_folders_above_count_within_the_repository_only(envd, tmp_path):
    make(tmp_path, [], {".gitignore": "a.envd\n/src/build.envd\ndeep/er/\n"})
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    assert linted(envd, tmp_path, "src") == not_ignored(tmp_path, "src")
    inner = tmp_path / "src" / "deep"
    git(inner, "init", "-q", ".")
    assert linted(envd, tmp_path, "src/deep") == not_ignored(tmp_path, "src/deep") == ["a.envd", "er/b.envd"]


def test_without_a_repository_the_files_count_too(envd, tmp_path):
    (tmp_path / "project").mkdir()
    (tmp_path / ".gitignore").write_text("*\n")
    for name in ("a.envd", "b.envd"):
        (tmp_path / "project" / name).write_text("")
    (tmp_path / "project" / ".gitignore").write_text("b.envd\n")
    assert linted(envd, tmp_path, "project") == ["a.envd"]


def test_the_repositorys_own_exclude_file_counts(envd, tmp_path):
    make(tmp_path, FILES, {".git/info/exclude": "a.envd\n/out\n", "src/.gitignore": "!a.envd"})
    assert linted(envd, tmp_path) == not_ignored(tmp_path)


def test_a_linked_gitignore_does_not_count(envd, tmp_path):
    make(tmp_path, FILES, {"patterns": "*.envd"})
    (tmp_path / ".gitignore").symlink_to("patterns")
    assert linted(envd, tmp_path) == not_ignored(tmp_path) != []


def test_what_is_named_is_taken(envd, tmp_path):
    make(tmp_path, ["out/a.envd"], {".gitignore": "out/\n*.envd"})
    finished = envd("lint", "--format", "json", "out/a.envd")
    assert json.loads(finished.out)["files"] == ["out/a.envd"]


@pytest.mark.parametrize("seed", range(60))
def test_random_trees(envd, tmp_path, seed):
    dice = random.Random(seed)
    pieces = [
        "a",
        "b",
        "*",
        "?",
        "**",
        "/",
        "[ab]",
        "[!a]",
        "[a-c]",
        "\\a",
        ".envd",
        "d",
        "ab",
        "!",
        " ",
        "[[:alpha:]]",
    ]

    def pattern():
        text = "".join(dice.choice(pieces) for _ in range(dice.randint(1, 5)))
        return dice.choice(["", "", "!", "/", "**/"]) + text + dice.choice(["", "", "/", ".envd", "/**"])

    folders = [""] + ["/".join(dice.choice("abd") for _ in range(dice.randint(1, 3))) + "/" for _ in range(8)]
    files = {dice.choice(folders) + dice.choice(["a", "b", "ab", "d", "aa"]) + ".envd" for _ in range(30)}
    ignores = {
        folder + ".gitignore": "\n".join(pattern() for _ in range(dice.randint(1, 6)))
        for folder in set(dice.choices(folders, k=3))
    }
    make(tmp_path, sorted(files), ignores)
    assert linted(envd, tmp_path) == not_ignored(tmp_path), ignores
