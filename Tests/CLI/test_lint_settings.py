"""The settings of `envd lint`, in envd.toml and pyproject.toml."""

import re

import pytest

MISTAKES = "x = nowhere\ny = set()\n"


def findings(finished):
    return sorted(re.findall(r"^(\S+?):\d+:\d+: (\w+): .* \[([a-z-]+)\]$", finished.out, re.MULTILINE))


def codes(finished):
    return {code for _, _, code in findings(finished)}


def write(folder, **files):
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_without_settings(envd, tmp_path):
    write(tmp_path, build_dot_envd=MISTAKES)
    assert codes(envd("lint")) == {"undefined-name", "set-function"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("envd.toml", "[lint]\nignore = ['set-function']\n"),
        ("pyproject.toml", "[project]\nname = 'x'\n[tool.envd.lint]\nignore = ['set-function']\n"),
        ("envd.toml", "lint.select = ['undefined-name']\n"),
        ("envd.toml", "[lint]\nselect = []\nextend-select = ['undefined-name']\n"),
    ],
)
def test_rules_are_chosen(envd, tmp_path, name, text):
    write(tmp_path, build_dot_envd=MISTAKES)
    (tmp_path / name).write_text(text)
    assert codes(envd("lint")) == {"undefined-name"}


def test_the_command_line_chooses_in_place_of_the_settings(envd, tmp_path):
    write(tmp_path, build_dot_envd=MISTAKES, envd_dot_toml="[lint]\nselect = ['undefined-name']\nignore = ['all']\n")
    assert codes(envd("lint", "--select", "set-function")) == {"set-function"}
    write(tmp_path, envd_dot_toml="[lint]\nselect = ['names']\n")
    assert codes(envd("lint", "--ignore", "set-function")) == {"undefined-name"}


def test_the_nearest_settings_count(envd, tmp_path):
    write(
        tmp_path,
        envd_dot_toml="[lint]\nignore = ['set-function']\n",
        build_dot_envd=MISTAKES,
        inner__pyproject_dot_toml="[tool.envd.lint]\nignore = ['undefined-name']\n",
        inner__build_dot_envd=MISTAKES,
        inner__deep__build_dot_envd=MISTAKES,
        other__pyproject_dot_toml="[tool.black]\nline-length = 100\n",
        other__build_dot_envd=MISTAKES,
    )
    assert findings(envd("lint")) == [
        ("build.envd", "error", "undefined-name"),
        ("inner/build.envd", "error", "set-function"),
        ("inner/deep/build.envd", "error", "set-function"),
        ("other/build.envd", "error", "undefined-name"),
    ]
    # Wherever the command runs, and however the file is named.
    assert codes(envd("lint", "../inner/deep/build.envd", cwd=tmp_path / "other")) == {"set-function"}
    assert codes(envd("lint", "--stdin-filename", "inner/new.envd", "-", stdin=MISTAKES.encode())) == {"set-function"}
    assert codes(envd("lint", "-", stdin=MISTAKES.encode())) == {"undefined-name"}


def test_envd_toml_counts_before_pyproject(envd, tmp_path):
    write(
        tmp_path,
        build_dot_envd=MISTAKES,
        envd_dot_toml="",
        pyproject_dot_toml="[tool.envd.lint]\nignore = ['all']\n",
    )
    assert codes(envd("lint")) == {"undefined-name", "set-function"}


def test_per_file_ignores(envd, tmp_path):
    write(
        tmp_path,
        build_dot_envd=MISTAKES,
        lib__a_dot_envd=MISTAKES,
        lib__deep__b_dot_envd=MISTAKES,
        envd_dot_toml="""
[lint.per-file-ignores]
"lib/" = ["undefined-name"]
"b.envd" = ["set-function"]
"/build.envd" = ["names"]
""",
    )
    assert findings(envd("lint")) == [("lib/a.envd", "error", "set-function")]


def test_severities(envd, tmp_path):
    write(
        tmp_path,
        build_dot_envd=MISTAKES,
        envd_dot_toml="[lint.severity]\nnames = 'warning'\nundefined-name = 'advice'\n",
    )
    finished = envd("lint")
    assert finished.status == 1
    assert findings(finished) == [("build.envd", "advice", "undefined-name"), ("build.envd", "warning", "set-function")]


def test_exclude(envd, tmp_path):
    write(
        tmp_path,
        build_dot_envd=MISTAKES,
        vendor__a_dot_envd=MISTAKES,
        gen__b_dot_envd=MISTAKES,
        gen__keep_dot_envd=MISTAKES,
        envd_dot_toml="[lint]\nselect = ['set-function']\nexclude = ['vendor/', 'gen/*.envd', '!gen/keep.envd']\n",
    )
    assert [file for file, _, _ in findings(envd("lint"))] == ["build.envd", "gen/keep.envd"]
    # Somebody who names a file means it; a hook that is given all files does not.
    assert len(findings(envd("lint", "vendor/a.envd"))) == 1
    assert findings(envd("lint", "--force-exclude", "vendor/a.envd", "build.envd")) == [
        ("build.envd", "error", "set-function")
    ]
    finished = envd("lint", "--force-exclude", "vendor/a.envd")
    assert (finished.status, finished.out, finished.err) == (0, "", "0 findings in 0 files\n")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[lint\n", ["envd.toml:1:"]),
        ("\n\nlint = \n", ["envd.toml:3:"]),
        ("[lint]\nslect = []\n", ["envd.toml: ", "'lint.slect'", "did you mean 'select'?"]),
        ("[lint]\nselect = ['nmes']\n", ["envd.toml: lint.select", "did you mean 'names'?"]),
        ("[lint.severity]\nnames = 'bad'\n", ["lint.severity.names", "error, warning, advice"]),
        ("[lint.per-file-ignores]\n'a' = 'names'\n", ["lint.per-file-ignores.a", "a list of strings"]),
        ("lint = []\n", ["lint has to be a table"]),
        ("x = '\ufffe\0'\n", ["envd.toml:1:"]),
        ("[lint]\nbaseline = 'missing.json'\n", ["missing.json"]),
    ],
)
def test_bad_settings_are_status_2_and_one_line(envd, tmp_path, text, words):
    write(tmp_path, build_dot_envd=MISTAKES)
    (tmp_path / "envd.toml").write_text(text)
    assert envd("lint").fails_with_one_line(*words)


def test_settings_that_are_no_text(envd, tmp_path):
    write(tmp_path, build_dot_envd=MISTAKES)
    (tmp_path / "envd.toml").write_bytes(b"\xff\xfe")
    assert envd("lint").fails_with_one_line("envd.toml", "UTF-8")


def test_other_folders_settings_are_named_with_their_path(envd, tmp_path):
    write(tmp_path, inner__build_dot_envd=MISTAKES, inner__envd_dot_toml="a = 1\n")
    assert envd("lint").fails_with_one_line("inner/envd.toml: ")
    assert envd("lint", "../inner", cwd=tmp_path / "inner").fails_with_one_line("envd: envd.toml: ")
