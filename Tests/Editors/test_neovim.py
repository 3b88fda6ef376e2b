"""Neovim with the plugin of editors/neovim, through what people do in it."""

import random
import re
import subprocess

import pytest

import neovim
from conftest import EDITORS, ROOT
from server import require
from test_grammar import KEYWORDS, Soup, differences, lexer_kinds

PROGRAM = '''\
"""An environment."""

load("library.envd", "packages")


def build():
    base(image="ubuntu:22.04", dev=True)
    install.python(version="3.11")
    packages(names=["numpy"])


SIZE = 1
'''
LIBRARY = '''\
def packages(names):
    """Install packages, with their documentation."""
    install.python_packages(name=names)
'''


def start(environment, folder):
    nvim = neovim.program()
    if nvim is None:
        pytest.skip("there is no Neovim for this machine")
    (folder / "library.envd").write_text(LIBRARY)
    (folder / "envd.toml").write_text("")
    return neovim.Neovim(nvim, environment, folder)


@pytest.fixture
def editor(new_environment, tmp_path):
    session = start(new_environment(), tmp_path)
    yield session
    session.close()


@pytest.fixture(scope="module")
def alone(new_environment, tmp_path_factory):
    """A Neovim for all tests that need no server."""
    session = start(new_environment(), tmp_path_factory.mktemp("alone"))
    yield session
    session.close()


# The plugin


def test_files_are_of_the_type_and_have_its_settings(editor):
    editor.open("build.envd", PROGRAM)
    assert editor.api.eval("&filetype") == "envd"
    assert editor.api.eval("[&commentstring, &shiftwidth, &expandtab]") == ["# %s", 4, 1]
    assert editor.api.eval("b:current_syntax") == "envd"
    assert editor.lua("return vim.lsp.get_clients()[1].root_dir") == str(editor.folder)
    editor.api.command("setfiletype text")
    editor.api.command("set filetype=text")
    assert editor.api.eval("&suffixesadd") == ""


def test_lines_are_indented(alone):
    alone.open("build.envd", "")
    alone.api.input("idef build():<CR>base()<CR>if True:<CR>pass<Esc>")
    alone.wait("vim.api.nvim_get_mode().mode == 'n' and #vim.api.nvim_buf_get_lines(0, 0, -1, true) == 4")
    assert alone.text == "def build():\n    base()\n    if True:\n        pass\n"


GROUPS = {
    "envdComment": "comment", "envdTodo": "comment", "envdDirective": "comment",
    "envdString": "string", "envdBytes": "string", "envdRawString": "string",
    "envdEscape": "string", "envdEscapeError": "string", "envdPlaceholder": "string",
    "envdNumber": "number", "envdFloat": "number",
    **dict.fromkeys(
        ["envdStatement", "envdConditional", "envdRepeat", "envdOperator", "envdLambda", "envdInclude", "envdDefinition", "envdForeign"],
        "keyword",
    ),
}  # fmt: skip
COLOURED = sorted([*(ROOT / "Examples").glob("[!m]*/*.envd"), ROOT / "Sources/EnvdLanguage/Prelude/v1/install.envd"])


def coloured(editor, text):
    """Of each byte of the buffer, what the syntax file takes it for."""
    names = editor.lua("""
        local names = {}
        for line = 1, vim.fn.line('$') do
            for column = 1, vim.fn.col({ line, '$' }) do
                names[#names + 1] = vim.fn.synIDattr(vim.fn.synID(line, column, 1), 'name')
            end
        end
        return names
        """)
    assert len(names) == len(text.encode())
    return [GROUPS.get(name) for name in names]


@pytest.mark.parametrize("path", COLOURED, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_syntax_file_agrees_with_the_lexer(alone, binary, path):
    text = path.read_text()
    alone.open("copy.envd", text)
    assert differences(text, coloured(alone, text), lexer_kinds(binary, text)) == []


def test_the_syntax_file_knows_strings(alone, binary):
    text = "\n".join([
        'x = "a\\"b" + r"\\" + 1', "y = 'a' + \"\"\"b", 'c"""', "z = rb'''a", "'''", 'v = b"\\x41" + "a\\', 'b" + "#"  # "',
        'q = r"\\"" + rb"\\d" + 1', 'r = "\\\\" + 1',
        "w = x1 + 0x1F + 1.5 + .5e3 + 0o7 + 0b1 + 1e3 + f.and_ + notes", 'u = "" + "{} %s ${HOME}"', "", *KEYWORDS, "",
    ])  # fmt: skip
    alone.open("strings.envd", text)
    assert differences(text, coloured(alone, text), lexer_kinds(binary, text)) == []


@pytest.mark.parametrize("seed", [1, random.randrange(1 << 32)], ids=["1", "fresh"])
def test_the_syntax_file_agrees_with_the_lexer_on_random_tokens(alone, binary, seed):
    text = Soup(seed).program(100)
    alone.open("soup.envd", text)
    assert differences(text, coloured(alone, text), lexer_kinds(binary, text)) == [], f"seed {seed}"


def test_the_names_of_the_language_are_those_of_the_grammar():
    from test_grammar import alternatives, grammar, modules

    syntax = (EDITORS / "neovim" / "syntax" / "envd.vim").read_text()

    def keywords(group):
        lines = [line.split() for line in syntax.splitlines() if line.startswith(f"syntax keyword {group} ")]
        return {word for line in lines for word in line[3:]}

    repository = grammar.raw["repository"]
    assert keywords("envdBuiltin") == alternatives(repository["builtin-function"]["match"].split("(?!")[0])
    assert keywords("envdApi") == alternatives(repository["api-function"]["match"].split("(?!")[0])
    assert all(module in syntax.split("envdModule /")[1].split("/")[0] for module in modules())


def test_the_syntax_tree_is_shown(editor):
    editor.open("build.envd", "x = 1\n")
    editor.api.command("EnvdSyntaxTree")
    window = editor.wait("#vim.api.nvim_list_wins() == 2 and vim.api.nvim_list_wins()[2]")
    buffer = editor.api.windows[1].buffer
    assert buffer[0].startswith("assignStmt"), (window, buffer[:])
    # Once more does not open another window, and shows the newer tree.
    editor.api.current.buffer[:] = ["f()"]
    editor.api.command("EnvdSyntaxTree")
    editor.wait("vim.startswith(vim.api.nvim_buf_get_lines(..., 0, 1, true)[1], 'exprStmt')", buffer.number)
    assert len(editor.api.windows) == 2


def test_the_plan_is_shown(editor):
    editor.open("build.envd", PROGRAM)
    editor.api.command("EnvdPlan")
    editor.wait("#vim.api.nvim_list_wins() == 2")
    lines = editor.api.windows[1].buffer[:]
    assert any("pip install" in line and "numpy" in line for line in lines), lines
    assert "build.envd:7" in "\n".join(lines)


def test_what_would_be_rebuilt_is_shown(editor):
    git = ["git", "-C", editor.folder, "-c", "user.name=a", "-c", "user.email=a@example.org"]
    editor.open("build.envd", PROGRAM)
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "a"]):
        subprocess.run([*git, *command], check=True)
    editor.place("numpy")
    editor.api.input("cwpandas<Esc>")
    editor.wait("vim.api.nvim_buf_get_lines(0, 8, 9, true)[1]:find('pandas')")
    editor.api.command("EnvdPlanDiff HEAD")
    editor.wait("#vim.api.nvim_list_wins() == 2")
    text = "\n".join(editor.api.windows[1].buffer[:])
    assert "numpy" in text and "pandas" in text


def test_lenses_show_plans(editor, announced):
    require(announced, "codeLensProvider")
    editor.open("build.envd", PROGRAM)
    editor.place("build()")
    editor.lua("vim.lsp.codelens.refresh({ bufnr = 0 })")
    # Neovim asks for those that are not complete when it shows them.
    lenses = editor.wait("""(function()
        local all = vim.lsp.codelens.get(0)
        for _, lens in ipairs(all) do if not lens.command then return false end end
        return #all > 0 and all
    end)()""")
    names = {lens["command"]["command"] for lens in lenses}
    assert {"envd.showPlan", "envd.showPlanDiff", "envd.up", "envd.build"} <= names
    # Of several lenses in a line Neovim asks which it shall be.
    editor.lua("""
        vim.ui.select = function(items, _, choose)
            for index, item in ipairs(items) do
                if (item.lens or item[2] or item).command.command == 'envd.showPlan' then choose(item, index) end
            end
        end
        vim.lsp.codelens.run()
        """)
    editor.wait("#vim.api.nvim_list_wins() == 2")
    assert any("numpy" in line for line in editor.api.windows[1].buffer[:])


def test_it_is_built_with_what_was_typed(editor):
    """By a program that stands for upstream's and says what it was given."""
    upstream = editor.folder / "upstream"
    upstream.mkdir()
    (upstream / "envd").write_text("#!/bin/sh\necho given $*\ncat $3/build.envd\n")
    (upstream / "envd").chmod(0o755)
    editor.lua("vim.env.PATH = vim.env.PATH .. ':' .. ...", str(upstream))
    editor.open("build.envd", PROGRAM)
    editor.place("numpy")
    editor.api.input("cwpandas<Esc>")
    editor.wait("vim.api.nvim_buf_get_lines(0, 8, 9, true)[1]:find('pandas')")
    editor.api.command("EnvdUp")
    editor.wait("table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true)):find('pandas')")
    shown = "".join(editor.api.current.buffer[:])
    assert f"given up --path {editor.folder} --from build.envd:build" in shown


def test_the_server_is_started_again(editor):
    editor.open("build.envd", "def build():\n    bse()\n")
    first = editor.lua("return vim.lsp.get_clients({ name = 'envd' })[1].id")
    editor.diagnostics()
    editor.api.command("EnvdRestart")
    editor.wait(f"(vim.lsp.get_clients({{ bufnr = 0, name = 'envd' }})[1] or {{ id = {first} }}).id ~= {first}")
    assert (
        len(editor.lua("return vim.tbl_map(function(c) return c.id end, vim.lsp.get_clients({ name = 'envd' }))")) == 1
    )
    editor.diagnostics()


def test_without_a_server_commands_say_so(alone):
    alone.api.command("enew")
    alone.api.command("EnvdPlan")
    assert "not running" in alone.api.command_output("messages")


def test_the_health_check_tells_the_programs_apart(editor):
    def health():
        editor.api.command("checkhealth envd")
        return "\n".join(editor.api.current.buffer[:])

    assert "is the language server" in health()
    # As upstream's answers to a word that it does not know.
    upstream = editor.folder / "envd"
    upstream.write_text("#!/bin/sh\necho No help topic for $1\nexit 3\n")
    upstream.chmod(0o755)
    editor.lua("vim.lsp.config('envd', { cmd = { ..., 'lsp' } })", str(upstream))
    assert "is not the envd of envd-tools" in health()
    editor.lua("vim.lsp.config('envd', { cmd = { '/nonexistent/envd', 'lsp' } })")
    assert "there is no program" in health()


# The server, as Neovim's own client uses it


def test_diagnostics_come_and_go(editor):
    editor.open("build.envd", "def build():\n    bse(dev=True)\n")
    (found,) = editor.diagnostics()
    assert (found["lnum"], found["col"], found["end_col"]) == (1, 4, 7)
    assert found["code"] == "undefined-name" and "'base'" in found["message"]
    editor.place("bse")
    editor.api.input("cwbase<Esc>")
    editor.diagnostics("#found == 0")
    assert editor.text == "def build():\n    base(dev=True)\n"


def test_formatting_is_that_of_the_command_line(editor, binary):
    text = "def build( ):\n  base( dev = True )\n  install.python_packages(name=['a',\"b\"])\nx=1\n"
    editor.open("build.envd", text)
    editor.lua("vim.lsp.buf.format({ name = 'envd', timeout_ms = 10000 })")
    finished = subprocess.run([binary, "fmt", "-"], input=text, capture_output=True, text=True, timeout=60)
    assert editor.text == finished.stdout != text


def test_lines_are_formatted_alone(editor, announced):
    require(announced, "documentRangeFormattingProvider")
    editor.open("build.envd", "x=1\n\ny=2\n")
    editor.lua("vim.lsp.buf.format({ timeout_ms = 10000, range = { start = { 3, 0 }, ['end'] = { 3, 3 } } })")
    assert editor.text == "x=1\n\ny = 2\n"


def test_document_symbols(editor):
    editor.open("build.envd", PROGRAM)
    editor.lua("vim.lsp.buf.document_symbol({ on_list = function(list) _G.listed = list.items end })")
    symbols = editor.wait("_G.listed")
    assert [(each["lnum"], each["text"].split()[-1]) for each in symbols] == [(6, "build"), (12, "SIZE")]


def test_folding(editor):
    editor.open("build.envd", PROGRAM)
    editor.api.command("setlocal foldmethod=expr foldexpr=v:lua.vim.lsp.foldexpr() foldlevel=0")
    editor.wait("vim.fn.foldclosed(7) == 6")
    assert editor.api.eval("[foldclosed(6), foldclosedend(6), foldlevel(12)]") == [6, 9, 0]


def test_completion(editor, announced):
    require(announced, "completionProvider")
    editor.open("build.envd", "def build():\n    install\n")
    editor.lua("vim.lsp.completion.enable(true, vim.lsp.get_clients()[1].id, 0)")
    editor.api.command("set completeopt=menuone,noselect,popup")
    editor.place("install", offset=6)
    editor.api.input("a.pyth")
    editor.wait("vim.api.nvim_get_mode().mode == 'i' and vim.endswith(vim.api.nvim_get_current_line(), '.pyth')")
    editor.lua("vim.lsp.completion.get()")
    editor.wait("vim.fn.pumvisible() == 1")
    words = [item["word"] for item in editor.api.eval("complete_info(['items'])")["items"]]
    assert any(word.startswith("python_packages") for word in words), words
    place = next(index for index, word in enumerate(words) if word.startswith("python_packages"))
    editor.api.input("<C-n>" * (place + 1) + "<C-y>")
    editor.wait("vim.fn.pumvisible() == 0 and vim.api.nvim_get_current_line():find('install.python_packages', 1, true)")


def floating(editor):
    """The text of the floating window, once there is one."""
    window = editor.wait("""vim.iter(vim.api.nvim_list_wins()):find(function(window)
            return vim.api.nvim_win_get_config(window).relative ~= ''
        end)""")
    return "\n".join(
        editor.lua("return vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(...), 0, -1, true)", window)
    )


def test_hover(editor, announced):
    require(announced, "hoverProvider")
    editor.open("build.envd", PROGRAM)
    editor.place("install.python", offset=10)
    editor.lua("vim.lsp.buf.hover()")
    text = floating(editor)
    assert "python" in text and "version" in text


def test_hover_on_a_function_of_another_file(editor, announced):
    require(announced, "hoverProvider")
    editor.open("build.envd", PROGRAM)
    editor.place("packages(names")
    editor.lua("vim.lsp.buf.hover()")
    assert "with their documentation" in floating(editor)


def test_signature_help(editor, announced):
    require(announced, "signatureHelpProvider")
    editor.open("build.envd", PROGRAM)
    editor.place("dev=True")
    editor.lua("vim.lsp.buf.signature_help()")
    text = floating(editor)
    assert "image" in text and "dev" in text


def test_definition_in_another_file(editor, announced):
    require(announced, "definitionProvider")
    editor.open("build.envd", PROGRAM)
    editor.place("packages(names")
    editor.lua("vim.lsp.buf.definition()")
    editor.wait("vim.endswith(vim.api.nvim_buf_get_name(0), 'library.envd')")
    assert list(editor.api.current.window.cursor) == [1, 4]


def test_definition_in_the_api(editor, announced):
    require(announced, "definitionProvider")
    editor.open("build.envd", PROGRAM)
    editor.place("python(")
    editor.lua("vim.lsp.buf.definition()")
    editor.wait("vim.endswith(vim.api.nvim_buf_get_name(0), 'v1/install.envd')")
    assert editor.api.current.line.startswith("def python(")
    assert editor.api.eval("&filetype") == "envd"


def test_references(editor, announced):
    require(announced, "referencesProvider")
    editor.open("build.envd", PROGRAM)
    editor.place("packages(names")
    editor.lua("vim.lsp.buf.references(nil, { on_list = function(list) _G.listed = list.items end })")
    places = {(each["filename"].rsplit("/", 1)[-1], each["lnum"]) for each in editor.wait("_G.listed")}
    assert {("build.envd", 3), ("build.envd", 9)} <= places, places


def test_highlights(editor, announced):
    require(announced, "documentHighlightProvider")
    editor.open("build.envd", "x = 1\ny = x\n")
    editor.place("x = 1")
    editor.lua("vim.lsp.buf.document_highlight()")
    editor.wait("""(function()
            local space = vim.api.nvim_get_namespaces()['nvim.lsp.references']
            return space and #vim.api.nvim_buf_get_extmarks(0, space, 0, -1, {}) == 2
        end)()""")


def test_rename(editor, announced):
    require(announced, "renameProvider")
    editor.open("build.envd", PROGRAM.replace("SIZE = 1\n", "SIZE = 1\n\nOTHER = SIZE\n"))
    editor.place("SIZE")
    editor.lua("vim.lsp.buf.rename('LENGTH')")
    editor.wait("vim.iter(vim.api.nvim_buf_get_lines(0, 0, -1, true)):any(function(l) return l == 'LENGTH = 1' end)")
    assert editor.text.endswith("LENGTH = 1\n\nOTHER = LENGTH\n") and "SIZE" not in editor.text


def test_rename_in_all_files(editor, announced):
    require(announced, "renameProvider")
    editor.open("build.envd", PROGRAM)
    editor.place("packages(names")
    editor.lua("vim.lsp.buf.rename('needs')")
    editor.wait("vim.api.nvim_buf_get_lines(0, 8, 9, true)[1] == '    needs(names=[\"numpy\"])'")
    assert 'load("library.envd", "needs")' in editor.text
    editor.api.command("wall")
    assert (editor.folder / "library.envd").read_text().startswith("def needs(names):")


def test_code_action(editor, announced):
    require(announced, "codeActionProvider")
    editor.open("build.envd", "def build():\n    bse(dev=True)\n")
    editor.diagnostics()
    editor.place("bse")
    editor.lua("""
        vim.lsp.buf.code_action({ apply = true, filter = function(action)
            return action.kind and vim.startswith(action.kind, 'quickfix') and action.title:find('base') ~= nil
        end })
        """)
    editor.wait("vim.api.nvim_buf_get_lines(0, 1, 2, true)[1] == '    base(dev=True)'")
    editor.diagnostics("#found == 0")


def test_semantic_tokens(editor, announced):
    require(announced, "semanticTokensProvider")
    editor.open("build.envd", PROGRAM)
    line = PROGRAM[: PROGRAM.index("def build")].count("\n")
    tokens = editor.wait(
        "(function(l) local t = vim.lsp.semantic_tokens.get_at_pos(0, l, 4) return t and #t > 0 and t end)(...)", line
    )
    assert tokens[0]["type"] == "function"


def test_inlay_hints(editor, announced):
    require(announced, "inlayHintProvider")
    editor.open("build.envd", 'def build():\n    base("ubuntu:22.04", True)\n')
    editor.lua("vim.lsp.inlay_hint.enable(true, { bufnr = 0 })")
    hints = editor.wait("#vim.lsp.inlay_hint.get({ bufnr = 0 }) > 0 and vim.lsp.inlay_hint.get({ bufnr = 0 })")
    labels = [hint["inlay_hint"]["label"] for hint in hints]
    texts = [label if isinstance(label, str) else "".join(part["value"] for part in label) for label in labels]
    assert any("image" in text for text in texts), texts


def test_what_the_readme_says_works(editor):
    """With its settings a file is formatted when it is written, and folds by the language's blocks."""
    blocks = re.findall(r"```lua\n(.*?)```", (EDITORS / "neovim" / "README.md").read_text(), re.DOTALL)
    (settings,) = [block for block in blocks if "LspAttach" in block]
    editor.lua(settings)
    editor.open("build.envd", "def build( ):\n  base(dev = True)\n  shell('zsh')\n")
    editor.wait("vim.wo.foldexpr == 'v:lua.vim.lsp.foldexpr()'")
    editor.api.command("write")
    assert (editor.folder / "build.envd").read_text() == 'def build():\n    base(dev=True)\n    shell("zsh")\n'
    editor.wait("vim.fn.foldlevel(2) == 1")
