"""What the tests of hostile clients share: wrong values, and clients that do not mind what comes back."""

import copy
import os
import random
import unittest

import schema
from client import TIMEOUT, Client, document
from patient_client import PatientClient
from questions import FULL_CLIENT, OWN_QUESTIONS, Place, announced, own

A = "file:///project/build.envd"
PROGRAM = 'SIZE = 1\n\n\ndef build():\n    base(dev=True)\n    install.python_packages(name=["é😀", SIZE])\n    shell("zsh")\n'
#: Codes that say that the request was wrong, and not that something broke.
REFUSALS = {-32602, -32600, -32803}
SEED = os.environ.get("LSP_SEED", "20")

WRONG_VALUES = [
    None, True, 0, 1, -1, 1.5, 2**31 - 1, 2**31, -(2**31) - 1, 2**63, 2**64, -(2**64), 1e300, "", "x", "\0", "😀", [], [[]], [None], {},
    {"": 0}, {"uri": A}, {"line": -1, "character": 0}, {"start": {"line": 2**31, "character": 0}}, ["\ud800"],
]  # fmt: skip


class RawClient(Client):
    """Keeps all that comes, whatever it answers to: the same id twice, an id that nobody gave, none."""

    def __init__(self, *arguments, **options):
        self.came = []
        super().__init__(*arguments, **options)

    def _take(self):
        message = self._arrived.get(timeout=TIMEOUT)
        if message is None or isinstance(message, Exception):
            raise AssertionError(f"the server has ended: {message}, status {self.process.poll()}")
        if "method" not in message:
            self.came.append(message)
        return message

    def response(self, id):
        return self.until(is_answer_to(id))[-1]

    def until(self, accept):
        """The responses up to the next that is accepted."""
        before = len(self.came)
        while not accept(self._take()):
            pass
        return self.came[before:]


def is_answer_to(id):
    return lambda message: "method" not in message and message.get("id") == id


class Hostile(unittest.TestCase):
    def begin(self, client_type=PatientClient, uri=A, content=PROGRAM, **params):
        self.client = self.enterContext(client_type())
        result = self.client.initialize(FULL_CLIENT, **params)
        self.offers = result["capabilities"]
        self.methods = ["envd/syntaxTree", *announced(self.offers), *own(self.client)]
        self.client.open(uri, content)

    def place(self, uri=A, content=PROGRAM):
        return Place(random.Random(SEED), uri, content, "utf-16")

    def ask(self, method, uri=A):
        return document(uri) if method == "envd/syntaxTree" else self.place(uri).ask(method)

    def tearDown(self):
        client = getattr(self, "client", None)
        # Whoever has been asked nonsense still answers, and leaves in good order.
        if client is not None and client.process.poll() is None and type(client) is PatientClient:
            self.assertEqual(client.leave(), 0)


def paths(value, prefix=()):
    """Where everything in a JSON value is, itself included, the outermost first."""
    yield prefix
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from paths(item, (*prefix, key))


def with_value(value, path, new):
    """A copy with another value at a place, or without what is there if that is `Missing`."""
    if not path:
        return new
    result = copy.deepcopy(value)
    inner = result
    for key in path[:-1]:
        inner = inner[key]
    if new is Missing:
        del inner[path[-1]]
    else:
        inner[path[-1]] = new
    return result


class Missing:
    """Stands for what is left out."""


def conforms(method, params):
    """Whether the meta model allows the parameters; of the server's own requests it says nothing."""
    if method in OWN_QUESTIONS:
        return False
    if method.startswith("envd/") or not schema.available:
        identifier = params.get("textDocument") if isinstance(params, dict) else None
        return isinstance(identifier, dict) and isinstance(identifier.get("uri"), str)
    try:
        schema.check("params:" + method, params)
    except AssertionError:
        return False
    return True
