"""What the server of the binary under test says that it can do, so that tests of editors know what to expect of it."""

import json
import re
import subprocess

import pytest

CLIENT = {
    "experimental": {"commands": ["envd.showPlan", "envd.showPlanDiff", "envd.up", "envd.build"]},
    "textDocument": {
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}},
        "rename": {"prepareSupport": True},
        "semanticTokens": {"requests": {"full": True}, "tokenTypes": [], "tokenModifiers": [], "formats": ["relative"]},
    },
}


def frame(message):
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def capabilities(binary):
    """The capabilities that the server announces to a client that knows all."""
    session = [
        {"id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": CLIENT}},
        {"method": "initialized", "params": {}},
        {"id": 2, "method": "shutdown"},
        {"method": "exit"},
    ]
    finished = subprocess.run([binary, "lsp"], input=b"".join(map(frame, session)), capture_output=True, timeout=60)
    output = finished.stdout
    while output:
        head, _, rest = output.partition(b"\r\n\r\n")
        length = int(re.search(rb"Content-Length: (\d+)", head)[1])
        message = json.loads(rest[:length])
        if message.get("id") == 1:
            return message["result"]["capabilities"]
        output = rest[length:]
    raise AssertionError(f"the server did not answer: {finished}")


def require(announced, capability):
    """Skips a test of what the server does not announce."""
    if not announced.get(capability):
        pytest.skip(f"the server does not announce {capability}")
