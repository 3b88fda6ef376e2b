"""An ordinary session as clients of other makers have it: pygls speaks, with the capabilities that editors send.

pygls makes typed objects of every answer and pytest-lsp warns where an answer is not what the client's capabilities allow; a warning fails the
test here. What the server does not announce is skipped.
"""

import asyncio
import pathlib

import pytest
import pytest_lsp
from client import BINARY, TIMEOUT
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities, make_test_lsp_client

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.filterwarnings("error::pytest_lsp.LspSpecificationWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

CLIENTS = ["visual_studio_code", "neovim", "emacs"]
PROGRAM = '''\
load("lib/helpers.envd", "helper")


def tools(size, label="é😀"):
    """Installs tools.

    Args:
        size (int): how many.
    """
    helper(label)
    return size


def build():
    base(dev=True)
    install.python(version="3.11")
    tools(2)
'''
LIBRARY = "def helper(name):\n    return [name]\n"


def make_client():
    """pytest-lsp's client, which lacks what editors do when a server registers for more, or asks them to look again."""
    made = make_test_lsp_client()
    made.registered = []

    @made.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(params: types.RegistrationParams):
        made.registered += params.registrations

    for method in [
        types.CLIENT_UNREGISTER_CAPABILITY,
        types.WORKSPACE_SEMANTIC_TOKENS_REFRESH,
        types.WORKSPACE_INLAY_HINT_REFRESH,
        types.WORKSPACE_CODE_LENS_REFRESH,
    ]:
        made.feature(method)(lambda params: None)
    return made


CONFIG = ClientServerConfig(server_command=[BINARY, "lsp", "--stdio"], client_factory=make_client)


@pytest_lsp.fixture(config=CONFIG, params=CLIENTS)
async def client(lsp_client: LanguageClient, request, tmp_path):
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "helpers.envd").write_text(LIBRARY)
    (tmp_path / "build.envd").write_text(PROGRAM)
    root = tmp_path.as_uri()
    result = await lsp_client.initialize_session(
        types.InitializeParams(
            capabilities=client_capabilities(request.param),
            root_uri=root,
            workspace_folders=[types.WorkspaceFolder(uri=root, name="project")],
        )
    )
    lsp_client.offers = result.capabilities
    yield
    await asyncio.wait_for(lsp_client.shutdown_session(), TIMEOUT)
    assert lsp_client._server.returncode == 0
    assert lsp_client.error is None


@pytest.fixture
def uri(tmp_path):
    return (tmp_path / "build.envd").as_uri()


def open_document(client, uri, content=PROGRAM):
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(uri=uri, language_id="envd", version=1, text=content))
    )


def needs(client, provider):
    if getattr(client.offers, provider) in (None, False):
        pytest.skip(f"the server does not announce {provider}")


def at(uri, word, content=PROGRAM, behind=False):
    """The document, and the position of the last occurrence of a word, in UTF-16 units."""
    index = content.rindex(word) + (len(word) if behind else 0)
    line_start = content.rfind("\n", 0, index) + 1
    character = len(content[line_start:index].encode("utf-16-le")) // 2
    position = types.Position(line=content.count("\n", 0, index), character=character)
    return {"text_document": types.TextDocumentIdentifier(uri=uri), "position": position}


async def answer(awaitable):
    return await asyncio.wait_for(awaitable, TIMEOUT)


def locations(result):
    """What definitions are answered with: one location, several, or links."""
    result = result if isinstance(result, (list, tuple)) else [result]
    return [
        (one.target_uri, one.target_selection_range.start.line)
        if isinstance(one, types.LocationLink)
        else (one.uri, one.range.start.line)
        for one in result
    ]


async def test_diagnostics_come_and_go(client, uri):
    open_document(client, uri, PROGRAM + "x = (\n")
    document = types.VersionedTextDocumentIdentifier(uri=uri, version=2)

    async def diagnostics():
        if client.offers.diagnostic_provider and client.capabilities.text_document.diagnostic:
            params = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri=uri))
            return (await answer(client.text_document_diagnostic_async(params))).items
        await answer(client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS))
        return client.diagnostics[uri]

    assert "unclosed-bracket" in [one.code for one in await diagnostics()]
    line = PROGRAM.count("\n")
    change = types.TextDocumentContentChangePartial(
        range=types.Range(types.Position(line, 4), types.Position(line, 5)), text="1"
    )
    client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))
    assert "unclosed-bracket" not in [one.code for one in await diagnostics()]
    client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri=uri)))


async def test_completion(client, uri):
    needs(client, "completion_provider")
    content = PROGRAM + "    install.pyth"
    open_document(client, uri, content)
    result = await answer(
        client.text_document_completion_async(types.CompletionParams(**at(uri, "pyth", content, behind=True)))
    )
    items = result.items if isinstance(result, types.CompletionList) else result
    labels = [item.label for item in items]
    assert any(label.startswith("python_packages") for label in labels), labels
    if client.offers.completion_provider.resolve_provider:
        resolved = await answer(client.completion_item_resolve_async(items[0]))
        assert resolved.label == items[0].label


async def test_hover(client, uri):
    needs(client, "hover_provider")
    open_document(client, uri)
    result = await answer(client.text_document_hover_async(types.HoverParams(**at(uri, "tools"))))
    value = result.contents.value if isinstance(result.contents, types.MarkupContent) else str(result.contents)
    assert "Installs tools." in value
    assert await answer(client.text_document_hover_async(types.HoverParams(**at(uri, "\n\ndef build")))) is None


async def test_signature_help(client, uri):
    needs(client, "signature_help_provider")
    open_document(client, uri)
    result = await answer(client.text_document_signature_help_async(types.SignatureHelpParams(**at(uri, "2)"))))
    assert "size" in result.signatures[0].label and "label" in result.signatures[0].label


async def test_definition(client, uri):
    needs(client, "definition_provider")
    open_document(client, uri)
    result = await answer(client.text_document_definition_async(types.DefinitionParams(**at(uri, "tools"))))
    assert locations(result) == [(uri, 3)]
    result = await answer(client.text_document_definition_async(types.DefinitionParams(**at(uri, "helper("))))
    # In the other file, which is not open, or at the `load` that brings it.
    assert len(locations(result)) == 1


async def test_references(client, uri):
    needs(client, "references_provider")
    open_document(client, uri)
    params = types.ReferenceParams(context=types.ReferenceContext(include_declaration=True), **at(uri, "tools"))
    result = await answer(client.text_document_references_async(params))
    assert sorted(locations(result)) == [(uri, 3), (uri, 16)]


async def test_document_highlight(client, uri):
    needs(client, "document_highlight_provider")
    open_document(client, uri)
    result = await answer(
        client.text_document_document_highlight_async(types.DocumentHighlightParams(**at(uri, "size")))
    )
    assert sorted(one.range.start.line for one in result)[0] == 3
    assert sorted(one.range.start.line for one in result)[-1] == 10


async def test_rename(client, uri):
    needs(client, "rename_provider")
    open_document(client, uri)
    if getattr(client.offers.rename_provider, "prepare_provider", False):
        prepared = await answer(
            client.text_document_prepare_rename_async(types.PrepareRenameParams(**at(uri, "tools")))
        )
        assert prepared is not None
    result = await answer(
        client.text_document_rename_async(types.RenameParams(new_name="utilities", **at(uri, "tools")))
    )
    changes = dict(result.changes or {})
    for change in result.document_changes or []:
        changes.setdefault(change.text_document.uri, []).extend(change.edits)
    assert set(changes) == {uri}
    assert sorted((edit.range.start.line, edit.new_text) for edit in changes[uri]) == [
        (3, "utilities"),
        (16, "utilities"),
    ]


async def test_symbols(client, uri):
    open_document(client, uri)
    params = types.DocumentSymbolParams(types.TextDocumentIdentifier(uri=uri))
    result = await answer(client.text_document_document_symbol_async(params))
    assert [symbol.name for symbol in result if symbol.kind == types.SymbolKind.Function] == ["tools", "build"]


async def test_semantic_tokens(client, uri):
    needs(client, "semantic_tokens_provider")
    open_document(client, uri)
    params = types.SemanticTokensParams(types.TextDocumentIdentifier(uri=uri))
    result = await answer(client.text_document_semantic_tokens_full_async(params))
    assert result.data and len(result.data) % 5 == 0
    assert max(result.data[3::5]) < len(client.offers.semantic_tokens_provider.legend.token_types)


async def test_code_actions(client, uri):
    needs(client, "code_action_provider")
    open_document(client, uri)
    place = at(uri, "tools(2)")["position"]
    params = types.CodeActionParams(
        types.TextDocumentIdentifier(uri=uri), types.Range(place, place), types.CodeActionContext(diagnostics=[])
    )
    result = await answer(client.text_document_code_action_async(params))
    assert result is None or all(one.title for one in result)


async def test_inlay_hints(client, uri):
    needs(client, "inlay_hint_provider")
    open_document(client, uri)
    whole = types.Range(types.Position(0, 0), types.Position(17, 0))
    params = types.InlayHintParams(types.TextDocumentIdentifier(uri=uri), whole)
    for hint in await answer(client.text_document_inlay_hint_async(params)) or []:
        assert hint.position.line < 17


async def test_folding_and_selection(client, uri):
    open_document(client, uri)
    document = types.TextDocumentIdentifier(uri=uri)
    folds = await answer(client.text_document_folding_range_async(types.FoldingRangeParams(document)))
    assert (13, 16) in [(fold.start_line, fold.end_line) for fold in folds]
    params = types.SelectionRangeParams(document, [at(uri, "3.11")["position"]])
    (inner,) = await answer(client.text_document_selection_range_async(params))
    assert inner.range.start.line == inner.range.end.line == 15
    assert inner.parent is not None


async def test_formatting(client, uri):
    open_document(client, uri, "x=1\n")
    options = types.FormattingOptions(tab_size=4, insert_spaces=True)
    params = types.DocumentFormattingParams(types.TextDocumentIdentifier(uri=uri), options)
    edits = await answer(client.text_document_formatting_async(params))
    assert [edit.new_text for edit in edits] == [" = "]


async def test_a_session_from_start_to_end(client, uri, tmp_path):
    """Everything one after another in one server, with typing in between, as an hour of work in a minute."""
    open_document(client, uri)
    other = pathlib.Path(tmp_path / "lib" / "helpers.envd").as_uri()
    open_document(client, other, LIBRARY)
    document = types.TextDocumentIdentifier(uri=uri)
    line, version = PROGRAM.count("\n"), 1
    for character in "    shell('zsh')\n":
        version += 1
        column = 0 if character == "\n" else version - 2
        change = types.TextDocumentContentChangePartial(
            range=types.Range(types.Position(line, version - 2), types.Position(line, version - 2)), text=character
        )
        client.text_document_did_change(
            types.DidChangeTextDocumentParams(types.VersionedTextDocumentIdentifier(uri=uri, version=version), [change])
        )
        symbols = await answer(client.text_document_document_symbol_async(types.DocumentSymbolParams(document)))
        assert symbols[-1].name == "build"
        for provider, ask, kind in [
            ("completion_provider", client.text_document_completion_async, types.CompletionParams),
            ("signature_help_provider", client.text_document_signature_help_async, types.SignatureHelpParams),
            ("hover_provider", client.text_document_hover_async, types.HoverParams),
        ]:
            if getattr(client.offers, provider):
                await answer(ask(kind(text_document=document, position=types.Position(line, column))))
    client.text_document_did_save(types.DidSaveTextDocumentParams(document))
    for one in (uri, other):
        client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri=one)))
