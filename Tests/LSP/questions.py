"""Every question that a client may ask a server about documents: when it may, and with what.

A table, so that the tests that ask everything learn of a new capability from the server's `initialize` result alone.
"""

import text


def own(client):
    """The methods of the server's own that it has. Nothing announces them, so it is asked for each."""
    absent = -32601
    found = []
    for method in OWN_QUESTIONS:
        error = client.response(client.request(method, {})).get("error", {})
        if error.get("code") != absent:
            found.append(method)
    return found


def announced(capabilities):
    """The methods of the table that a server announces."""
    return [method for method, (path, _) in QUESTIONS.items() if _offers(capabilities, path)]


def _offers(capabilities, path):
    value = capabilities
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
        if value is None or value is False:
            return False
    return True


class Place:
    """Somewhere in a document: what the parameters of a question are made from."""

    def __init__(self, rng, uri, content, encoding):
        self.rng, self.uri, self.content, self.encoding = rng, uri, content, encoding

    def position(self):
        """A position in the text, or rarely one beyond the end of a line or of the text."""
        if self.rng.randrange(12) == 0:
            return {"line": self.rng.randrange(self.content.count("\n") + 3), "character": self.rng.randrange(300)}
        # Half of them at a name, where there is something to say.
        index = self.rng.randrange(len(self.content) + 1)
        if self.rng.randrange(2):
            while index < len(self.content) and not (self.content[index].isalpha() and self.content[index].isascii()):
                index += 1
        return text.position(self.content, index, self.encoding)

    def range(self):
        places = [self.position(), self.position()]
        if self.rng.randrange(8):
            places.sort(key=lambda place: (place["line"], place["character"]))
        return {"start": places[0], "end": places[1]}

    def ask(self, method):
        """The parameters of a question of the table."""
        more = OWN_QUESTIONS[method] if method in OWN_QUESTIONS else QUESTIONS[method][1]
        return {"textDocument": {"uri": self.uri}, **more(self)}


def _at(place):
    return {"position": place.position()}


def _nothing(place):
    return {}


def _within(place):
    return {"range": place.range()}


FORMATTING_OPTIONS = {"tabSize": 4, "insertSpaces": True}
NAMES = ["renamed", "x", "été", "build", "not a name", "", "def", "1", "a.b"]
TRIGGERS = ["\n", ")", "]", "}", ":", "x"]


def _completion(place):
    trigger = place.rng.choice([{"triggerKind": 1}, {"triggerKind": 2, "triggerCharacter": "."}, {"triggerKind": 3}])
    return {**_at(place), "context": trigger}


def _code_action(place):
    context = {"diagnostics": []}
    if place.rng.randrange(3) == 0:
        context["only"] = [
            place.rng.choice(["quickfix", "refactor", "refactor.extract", "source", "source.fixAll", "x"])
        ]
    return {**_within(place), "context": context}


#: By method: where the server's capabilities announce it, and what is asked besides the document.
QUESTIONS = {
    "textDocument/completion": ("completionProvider", _completion),
    "textDocument/hover": ("hoverProvider", _at),
    "textDocument/signatureHelp": ("signatureHelpProvider", _at),
    "textDocument/declaration": ("declarationProvider", _at),
    "textDocument/definition": ("definitionProvider", _at),
    "textDocument/typeDefinition": ("typeDefinitionProvider", _at),
    "textDocument/implementation": ("implementationProvider", _at),
    "textDocument/references": (
        "referencesProvider",
        lambda place: {**_at(place), "context": {"includeDeclaration": place.rng.randrange(2) == 0}},
    ),
    "textDocument/documentHighlight": ("documentHighlightProvider", _at),
    "textDocument/documentSymbol": ("documentSymbolProvider", _nothing),
    "textDocument/codeAction": ("codeActionProvider", _code_action),
    "textDocument/codeLens": ("codeLensProvider", _nothing),
    "textDocument/documentLink": ("documentLinkProvider", _nothing),
    "textDocument/documentColor": ("colorProvider", _nothing),
    "textDocument/formatting": ("documentFormattingProvider", lambda place: {"options": FORMATTING_OPTIONS}),
    "textDocument/rangeFormatting": (
        "documentRangeFormattingProvider",
        lambda place: {**_within(place), "options": FORMATTING_OPTIONS},
    ),
    "textDocument/rangesFormatting": (
        "documentRangeFormattingProvider.rangesSupport",
        lambda place: {"ranges": [place.range() for _ in range(2)], "options": FORMATTING_OPTIONS},
    ),
    "textDocument/onTypeFormatting": (
        "documentOnTypeFormattingProvider",
        lambda place: {**_at(place), "ch": place.rng.choice(TRIGGERS), "options": FORMATTING_OPTIONS},
    ),
    "textDocument/rename": ("renameProvider", lambda place: {**_at(place), "newName": place.rng.choice(NAMES)}),
    "textDocument/prepareRename": ("renameProvider.prepareProvider", _at),
    "textDocument/foldingRange": ("foldingRangeProvider", _nothing),
    "textDocument/selectionRange": (
        "selectionRangeProvider",
        lambda place: {"positions": [place.position() for _ in range(place.rng.randrange(4))]},
    ),
    "textDocument/prepareCallHierarchy": ("callHierarchyProvider", _at),
    "textDocument/prepareTypeHierarchy": ("typeHierarchyProvider", _at),
    "textDocument/semanticTokens/full": ("semanticTokensProvider.full", _nothing),
    "textDocument/semanticTokens/range": ("semanticTokensProvider.range", _within),
    "textDocument/linkedEditingRange": ("linkedEditingRangeProvider", _at),
    "textDocument/moniker": ("monikerProvider", _at),
    "textDocument/inlayHint": ("inlayHintProvider", _within),
    "textDocument/inlineValue": (
        "inlineValueProvider",
        lambda place: {**_within(place), "context": {"frameId": 0, "stoppedLocation": place.range()}},
    ),
    "textDocument/diagnostic": ("diagnosticProvider", _nothing),
}


def _plan(place):
    more = {"function": place.rng.choice(["build", "build_gpu", "helper"])} if place.rng.randrange(3) == 0 else {}
    return {**more, "format": place.rng.choice(["text", "json", "dot", "nonsense"])}


#: The server's own, beside `envd/syntaxTree`.
OWN_QUESTIONS = {
    "envd/plan": _plan,
    "envd/planDiff": lambda place: {"against": place.rng.choice(["HEAD", ".", "/nowhere"]), "format": "text"},
}


def asks_nothing_more(method):
    """Whether a question is about a whole document, so that it need not be asked twice."""
    return method in QUESTIONS and QUESTIONS[method][1] is _nothing


#: What is asked next about a part of an answer: the question whose answer it is, where that is announced, and how an item becomes the
#: parameters.
FOLLOW_UPS = {
    "completionItem/resolve": ("textDocument/completion", "completionProvider.resolveProvider", lambda item: item),
    "codeAction/resolve": ("textDocument/codeAction", "codeActionProvider.resolveProvider", lambda item: item),
    "codeLens/resolve": ("textDocument/codeLens", "codeLensProvider.resolveProvider", lambda item: item),
    "documentLink/resolve": ("textDocument/documentLink", "documentLinkProvider.resolveProvider", lambda item: item),
    "inlayHint/resolve": ("textDocument/inlayHint", "inlayHintProvider.resolveProvider", lambda item: item),
    "callHierarchy/incomingCalls": (
        "textDocument/prepareCallHierarchy",
        "callHierarchyProvider",
        lambda item: {"item": item},
    ),
    "callHierarchy/outgoingCalls": (
        "textDocument/prepareCallHierarchy",
        "callHierarchyProvider",
        lambda item: {"item": item},
    ),
}


#: Answers that may lead to documents that only the server has.
LEADS = {f"textDocument/{kind}" for kind in ("declaration", "definition", "typeDefinition", "implementation")}


def follow_ups(capabilities, method, result):
    """All questions about the parts of an answer, as methods with parameters."""
    items = result.get("items", []) if isinstance(result, dict) else result or []
    if method in LEADS and _offers(capabilities, "workspace.textDocumentContent"):
        schemes = capabilities["workspace"]["textDocumentContent"]["schemes"]
        items = [result] if isinstance(result, dict) else items
        uris = [item.get("targetUri", item.get("uri", "")) for item in items]
        return [("workspace/textDocumentContent", {"uri": uri}) for uri in uris if uri.partition(":")[0] in schemes]
    return [
        (following, params(item))
        for following, (first, path, params) in FOLLOW_UPS.items()
        if first == method and _offers(capabilities, path)
        for item in items
        # A command among code actions is nothing to resolve.
        if not (following == "codeAction/resolve" and isinstance(item.get("command"), str))
    ]


#: A client that can take everything.
FULL_CLIENT = {
    "workspace": {
        "applyEdit": True,
        "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create", "rename", "delete"]},
        "configuration": True,
        "workspaceFolders": True,
        "symbol": {},
        "executeCommand": {},
        "didChangeWatchedFiles": {"dynamicRegistration": True, "relativePatternSupport": True},
        "textDocumentContent": {},
    },
    "textDocument": {
        "synchronization": {"didSave": True},
        "publishDiagnostics": {
            "versionSupport": True,
            "relatedInformation": True,
            "codeDescriptionSupport": True,
            "dataSupport": True,
            "tagSupport": {"valueSet": [1, 2]},
        },
        "completion": {
            "contextSupport": True,
            "completionItem": {
                "snippetSupport": True,
                "commitCharactersSupport": True,
                "documentationFormat": ["markdown", "plaintext"],
                "deprecatedSupport": True,
                "preselectSupport": True,
                "tagSupport": {"valueSet": [1]},
                "insertReplaceSupport": True,
                "labelDetailsSupport": True,
                "resolveSupport": {"properties": ["documentation", "detail", "additionalTextEdits"]},
            },
        },
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "signatureHelp": {
            "contextSupport": True,
            "signatureInformation": {
                "documentationFormat": ["markdown", "plaintext"],
                "activeParameterSupport": True,
                "parameterInformation": {"labelOffsetSupport": True},
            },
        },
        "declaration": {"linkSupport": True},
        "definition": {"linkSupport": True},
        "typeDefinition": {"linkSupport": True},
        "implementation": {"linkSupport": True},
        "references": {},
        "documentHighlight": {},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "codeAction": {
            "codeActionLiteralSupport": {
                "codeActionKind": {
                    "valueSet": ["", "quickfix", "refactor", "refactor.extract", "source", "source.fixAll"]
                }
            },
            "isPreferredSupport": True,
            "dataSupport": True,
            "resolveSupport": {"properties": ["edit"]},
        },
        "codeLens": {},
        "documentLink": {"tooltipSupport": True},
        "formatting": {},
        "rangeFormatting": {},
        "onTypeFormatting": {},
        "rename": {"prepareSupport": True},
        "foldingRange": {},
        "selectionRange": {},
        "callHierarchy": {},
        "linkedEditingRange": {},
        "inlayHint": {"resolveSupport": {"properties": ["tooltip", "label.tooltip"]}},
        "semanticTokens": {
            "requests": {"range": True, "full": {"delta": True}},
            "tokenTypes": ["namespace", "type", "class", "parameter", "variable", "property", "function", "keyword"]
            + ["string", "number", "operator", "comment", "method", "decorator"],
            "tokenModifiers": ["declaration", "definition", "readonly", "defaultLibrary", "documentation"],
            "formats": ["relative"],
            "multilineTokenSupport": True,
            "overlappingTokenSupport": False,
        },
    },
    "window": {"workDoneProgress": True, "showMessage": {}},
    "experimental": {"planChanged": True},
}
