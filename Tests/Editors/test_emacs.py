"""Emacs with the mode of editors/emacs and its own client, Eglot, through what people do in it."""

import random
import re
import subprocess

import pytest

import emacs
from conftest import EDITORS, ROOT
from emacs import lisp
from server import require
from test_grammar import FOREIGN_KEYWORDS, KEYWORDS, Soup, alternatives, differences, grammar, lexer_kinds, modules
from test_neovim import LIBRARY, PROGRAM


def start(environment, folder):
    program = emacs.program()
    if program is None:
        pytest.skip("there is no Emacs")
    (folder / "library.envd").write_text(LIBRARY)
    # What Eglot takes for a project.
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    return emacs.Emacs(program, environment, folder)


@pytest.fixture
def editor(new_environment, tmp_path):
    session = start(new_environment(), tmp_path)
    yield session
    session.close()


@pytest.fixture(scope="module")
def alone(new_environment, tmp_path_factory):
    """An Emacs for all tests that need no server."""
    session = start(new_environment(), tmp_path_factory.mktemp("alone"))
    yield session
    session.close()


# The mode


def test_the_mode_compiles_without_a_warning(editor):
    compiled = editor.folder / "envd-mode.elc"
    assert editor(f"""
        (let ((byte-compile-error-on-warn t)
              (byte-compile-dest-file-function (lambda (_) {lisp(str(compiled))})))
          (byte-compile-file {lisp(str(EDITORS / "emacs" / "envd-mode.el"))}))
        """)
    assert compiled.exists(), editor.messages()


def test_files_are_of_the_mode(alone):
    (alone.folder / "build.envd").write_text(PROGRAM)
    alone(f"(progn (find-file {lisp(str(alone.folder / 'build.envd'))}) t)")
    assert alone("(symbol-name major-mode)") == "envd-mode"
    assert alone('(vector comment-start tab-width (format "%S" indent-tabs-mode))') == ["# ", 4, "nil"]
    assert alone('(progn (test-goto "packages(names") (add-log-current-defun))') == "build"


def test_lines_are_indented(alone):
    alone('(progn (switch-to-buffer (generate-new-buffer "new")) (envd-mode) t)')
    for line in ("def build():", "base()", "if True:", "pass"):
        alone(f"(progn (insert {lisp(line)}) (newline-and-indent) t)")
    alone("(progn (insert \"shell('zsh')\") t)")
    assert alone.text == "def build():\n    base()\n    if True:\n        pass\n    shell('zsh')"


def test_comments_are_made_and_undone(alone):
    alone('(progn (switch-to-buffer (generate-new-buffer "new")) (envd-mode) (insert "x = 1\\ny = 2\\n") t)')
    alone("(progn (comment-region (point-min) (point-max)) t)")
    assert alone.text == "# x = 1\n# y = 2\n"
    alone("(progn (uncomment-region (point-min) (point-max)) t)")
    assert alone.text == "x = 1\ny = 2\n"


FACES = {
    "font-lock-comment-face": "comment",
    "font-lock-comment-delimiter-face": "comment",
    "font-lock-string-face": "string",
    "font-lock-doc-face": "string",
    "font-lock-keyword-face": "keyword",
    "font-lock-warning-face": "keyword",
}
COLOURED = sorted([*(ROOT / "Examples").glob("[!m]*/*.envd"), ROOT / "Sources/EnvdLanguage/Prelude/v1/install.envd"])


def check_colours(editor, binary, text):
    """Holds all colours but those of numbers, which have none in Emacs 28, against the lexer."""
    editor('(progn (switch-to-buffer (generate-new-buffer "new")) (envd-mode) t)')
    editor(f"(progn (insert {lisp(text)}) (font-lock-ensure) t)")
    faces = editor("""
        (mapcar (lambda (place)
                  (let ((face (get-text-property place 'face))) (format "%s" (if (consp face) (car face) face))))
                (number-sequence (point-min) (1- (point-max))))
        """)
    found = [FACES.get(face) for face, character in zip(faces, text, strict=True) for _ in character.encode()]
    expected = [None if kind == "number" else kind for kind in lexer_kinds(binary, text)]
    assert differences(text, found, expected) == []


@pytest.mark.parametrize("path", COLOURED, ids=lambda path: str(path.relative_to(ROOT)))
def test_colours_agree_with_the_lexer(alone, binary, path):
    check_colours(alone, binary, path.read_text())


@pytest.mark.parametrize("seed", [1, random.randrange(1 << 32)], ids=["1", "fresh"])
def test_colours_agree_with_the_lexer_on_random_tokens(alone, binary, seed):
    print("seed", seed)
    check_colours(alone, binary, Soup(seed).program(100))


def test_the_names_of_the_language_are_those_of_the_grammar(alone):
    repository = grammar.raw["repository"]
    functions = alternatives(repository["builtin-function"]["match"].split("(?!")[0]) | alternatives(
        repository["api-function"]["match"].split("(?!")[0]
    )
    assert set(alone("envd--functions")) == functions
    assert set(alone("envd--modules")) == set(modules())
    assert set(alone("envd--keywords")) == set(KEYWORDS)
    assert set(alone("envd--foreign-keywords")) == set(FOREIGN_KEYWORDS)


def test_the_syntax_tree_is_shown(editor):
    editor.open("build.envd", "x = 1\n")
    assert editor("(with-current-buffer (envd-syntax-tree) (test-buffer))").startswith("assignStmt")


def test_the_plan_is_shown(editor):
    editor.open("build.envd", PROGRAM)
    text = editor("(with-current-buffer (envd-plan) (test-buffer))")
    assert "pip install" in text and "numpy" in text and "build.envd:7" in text


def test_what_would_be_rebuilt_is_shown(editor):
    editor.open("build.envd", PROGRAM)
    for command in (["add", "."], ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "a"]):
        subprocess.run(["git", *command], cwd=editor.folder, check=True)
    editor('(progn (test-goto "numpy") (delete-char 5) (insert "pandas") t)')
    text = editor('(with-current-buffer (envd-plan-diff "HEAD") (test-buffer))')
    assert "numpy" in text and "pandas" in text


def test_it_is_built_with_what_was_typed(editor):
    """By a program that stands for upstream's and says what it was given."""
    upstream = editor.folder / "up stream"
    upstream.mkdir()
    (upstream / "envd").write_text('#!/bin/sh\necho given $*\ncat "$3/build.envd"\n')
    (upstream / "envd").chmod(0o755)
    editor.open("build.envd", PROGRAM)
    editor(f'(setenv "PATH" (concat (getenv "PATH") ":" {lisp(str(upstream))}))')
    editor('(progn (test-goto "numpy") (delete-char 5) (insert "pandas") (envd-up) t)')
    shown = editor.wait("""
        (with-current-buffer "*compilation*"
          (and (string-search "finished" (test-buffer)) (test-buffer)))
        """)
    assert f"given up --path {editor.folder}/ --from build.envd:build" in shown and "pandas" in shown


def test_the_server_is_started_again(editor):
    editor.open("build.envd", "def build():\n    bse(dev=True)\n")
    editor.wait("(test-diagnostics)")
    editor("(progn (setq first-server (eglot-current-server)) (envd-restart) t)")
    editor.wait("(and (eglot-current-server) (not (eq (eglot-current-server) first-server)))")
    editor.wait("(test-diagnostics)")


def test_without_a_server_commands_say_so(alone):
    alone('(progn (switch-to-buffer (generate-new-buffer "new")) (envd-mode) t)')
    assert "not running" in alone("(condition-case problem (envd-plan) (user-error (error-message-string problem)))")


def test_what_the_readme_says_works(editor):
    """With its settings a file is formatted when it is written."""
    blocks = re.findall(r"```elisp\n(.*?)```", (EDITORS / "emacs" / "README.md").read_text(), re.DOTALL)
    (settings,) = [block for block in blocks if "before-save-hook" in block]
    editor(settings)
    editor.open("build.envd", "def build( ):\n  base(dev = True)\n")
    editor("(progn (goto-char (point-max)) (insert \"  shell( 'zsh' )\\n\") (save-buffer) t)")
    assert (editor.folder / "build.envd").read_text() == 'def build():\n    base(dev=True)\n    shell("zsh")\n'


# The server, as Eglot uses it


def test_diagnostics_come_and_go(editor):
    editor.open("build.envd", "def build():\n    bse(dev=True)\n")
    ((line, text, place),) = editor.wait("(test-diagnostics)")
    assert (line, place) == (2, "bse")
    assert "undefined-name" in text and "'base'" in text
    # The place of the finding is left alone, so that only the server can take it away.
    editor('(progn (goto-char (point-min)) (insert "def bse(dev):\\n    pass\\n\\n\\n") t)')
    editor.wait("(null (test-diagnostics))")
    assert editor.text == "def bse(dev):\n    pass\n\n\ndef build():\n    bse(dev=True)\n"


def test_formatting_is_that_of_the_command_line(editor, binary):
    text = "def build( ):\n  base( dev = True )\n  install.python_packages(name=['é',\"b\"])\nx=1\n"
    editor.open("build.envd", text)
    editor("(progn (eglot-format-buffer) t)")
    finished = subprocess.run([binary, "fmt", "-"], input=text, capture_output=True, text=True, timeout=60)
    assert editor.text == finished.stdout != text


def test_lines_are_formatted_alone(editor, announced):
    require(announced, "documentRangeFormattingProvider")
    editor.open("build.envd", "x=1\n\ny=2\n")
    editor('(progn (test-goto "y") (eglot-format (point) (point-max)) t)')
    assert editor.text == "x=1\n\ny = 2\n"


def test_document_symbols(editor):
    editor.open("build.envd", PROGRAM)
    names = editor("(mapcar #'car (apply #'append (mapcar #'cdr (eglot-imenu))))")
    assert names == ["build", "SIZE"]


def test_completion(editor, announced):
    require(announced, "completionProvider")
    editor.open("build.envd", "def build():\n    install.pyth\n")
    editor('(progn (test-goto ".pyth") (forward-char 5) t)')
    names = editor("""
        (let ((found (eglot-completion-at-point)))
          (all-completions (buffer-substring (nth 0 found) (nth 1 found)) (nth 2 found)))
        """)
    assert any(name.strip().startswith("python_packages") for name in names), names


def test_completion_is_inserted(editor, announced):
    require(announced, "completionProvider")
    editor.open("build.envd", "def build():\n    install.python_pa\n")
    editor('(progn (test-goto "_pa") (forward-char 3) (completion-at-point) t)')
    assert "    install.python_packages" in editor.text


def hover(editor):
    editor("""
        (progn (setq hovered nil)
               (eglot-hover-eldoc-function (lambda (text &rest _) (setq hovered (substring-no-properties text))))
               t)
        """)
    return editor.wait("hovered")


def test_hover(editor, announced):
    require(announced, "hoverProvider")
    editor.open("build.envd", PROGRAM)
    editor('(progn (test-goto "python(") t)')
    text = hover(editor)
    assert "python" in text and "version" in text


def test_signature_help(editor, announced):
    require(announced, "signatureHelpProvider")
    editor.open("build.envd", PROGRAM)
    editor('(progn (test-goto "dev=True") t)')
    editor("""
        (progn (setq helped nil)
               (eglot-signature-eldoc-function (lambda (text &rest _) (setq helped (substring-no-properties text))))
               t)
        """)
    text = editor.wait("helped")
    assert "image" in text and "dev" in text


def test_definition_in_another_file(editor, announced):
    require(announced, "definitionProvider")
    editor.open("build.envd", PROGRAM)
    editor('(progn (test-goto "packages(names") (call-interactively #\'xref-find-definitions) t)')
    assert editor("(vector (buffer-name) (line-number-at-pos) (current-column))") == ["library.envd", 1, 4]


def test_definition_in_the_api(editor, announced):
    require(announced, "definitionProvider")
    editor.open("build.envd", PROGRAM)
    editor('(progn (test-goto "python(") (call-interactively #\'xref-find-definitions) t)')
    assert editor("(buffer-name)") == "install.envd"
    assert editor("(thing-at-point 'line t)").startswith("def python(")
    assert editor("(symbol-name major-mode)") == "envd-mode"


def test_references(editor, announced):
    require(announced, "referencesProvider")
    editor.open("build.envd", PROGRAM)
    editor('(progn (test-goto "packages(names") t)')
    places = editor("""
        (mapcar (lambda (each)
                  (let ((location (xref-item-location each)))
                    (vector (file-name-nondirectory (xref-location-group location)) (xref-location-line location))))
                (xref-backend-references 'eglot "LSP identifier at point."))
        """)
    assert ["build.envd", 3] in places and ["build.envd", 9] in places, places


def test_rename(editor, announced):
    require(announced, "renameProvider")
    editor.open("build.envd", PROGRAM.replace("SIZE = 1\n", "SIZE = 1\n\nOTHER = SIZE\n"))
    editor('(progn (test-goto "SIZE") (eglot-rename "LENGTH") t)')
    assert editor.text.endswith("LENGTH = 1\n\nOTHER = LENGTH\n") and "SIZE" not in editor.text


def test_rename_in_all_files(editor, announced):
    require(announced, "renameProvider")
    editor.open("build.envd", PROGRAM)
    # Eglot asks before it changes files that are not open.
    editor("""
        (cl-letf (((symbol-function 'y-or-n-p) (lambda (&rest _) t)))
          (test-goto "packages(names")
          (eglot-rename "needs")
          (save-some-buffers t)
          t)
        """)
    assert 'load("library.envd", "needs")' in editor.text and "    needs(names=" in editor.text
    assert (editor.folder / "library.envd").read_text().startswith("def needs(names):")


def test_code_action(editor, announced):
    require(announced, "codeActionProvider")
    editor.open("build.envd", "def build():\n    bse(dev=True)\n")
    editor.wait("(test-diagnostics)")
    # Eglot asks which of them it shall be; elsewhere it opens a menu.
    titles = editor("""
        (let ((last-nonmenu-event ?a) titles)
          (test-goto "bse")
          (cl-letf (((symbol-function 'completing-read)
                     (lambda (_ items &rest _)
                       (setq titles (mapcar #'car items))
                       (seq-find (lambda (title) (string-search "base" title)) titles))))
            (eglot-code-actions (point) (point) nil t))
          titles)
        """)
    assert any("base" in title for title in titles)
    editor.wait('(string-search "    base(dev=True)" (test-buffer))')
