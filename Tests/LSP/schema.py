"""The protocol's meta model as a judge of messages.

The meta model and the script that turns it into a JSON Schema are not part of this repository. They are looked for in
the folder that LSP_META_MODEL names, then in ../shared/lsp beside the repository; without them messages are judged by
their JSON-RPC shape only, and the tests say so.
"""

import json
import os
import pathlib
import subprocess
import sys

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]

# Requests of the server's own, which no meta model knows.
def _closed(required, optional=None):
    """An object with these members and no others."""
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


_STRING, _INTEGER = {"type": "string"}, {"type": "integer"}
OWN_RESULTS = {
    "envd/syntaxTree": _closed({"version": _INTEGER, "text": _STRING, "tree": _STRING}),
    "envd/preludeSource": _closed({"text": _STRING}),
    "envd/plan": _closed(
        {
            "version": _INTEGER,
            "content": _STRING,
            "summary": _STRING,
            "steps": {
                "type": "array",
                "items": _closed(
                    {
                        "number": {"type": "integer", "minimum": 1},
                        "kind": _STRING,
                        "title": _STRING,
                        "calls": {"type": "array", "items": {"$ref": "#/$defs/Range"}},
                    }
                ),
            },
            "problems": {"type": "array", "items": _STRING},
        }
    ),
    "envd/planDiff": _closed({"version": _INTEGER, "content": _STRING, "summary": _STRING, "isEmpty": {"type": "boolean"}}),
}
OWN_NOTIFICATIONS = {"envd/planChanged": _closed({"uri": _STRING, "version": _INTEGER, "stepCount": _INTEGER})}

RESPONSE_ERROR = {
    "type": "object",
    "properties": {"code": {"type": "integer"}, "message": {"type": "string"}, "data": {}},
    "required": ["code", "message"],
    "additionalProperties": False,
}


def _find():
    folders = [os.environ.get("LSP_META_MODEL"), REPOSITORY.parent / "shared" / "lsp"]
    for folder in folders:
        if folder and (pathlib.Path(folder) / "metaModel.json").exists():
            return pathlib.Path(folder)
    return None


def _load():
    folder = _find()
    if folder is None:
        print("notice: no meta model found (see Tests/LSP/schema.py): schema validation is skipped", file=sys.stderr)
        return None
    try:
        import jsonschema
    except ImportError:
        print("notice: jsonschema is not installed: schema validation is skipped", file=sys.stderr)
        return None
    schema = json.loads(
        subprocess.check_output(
            [sys.executable, folder / "mm2schema.py", folder / "metaModel.json", "--closed"]
        )
    )
    for method, result in OWN_RESULTS.items():
        schema["$defs"]["result:" + method] = result
    for method, params in OWN_NOTIFICATIONS.items():
        schema["$defs"]["params:" + method] = params
    schema["$defs"]["responseError"] = RESPONSE_ERROR
    return jsonschema.Draft202012Validator(schema)


_validator = _load()
_cache = {}

#: Whether messages are held against the meta model.
available = _validator is not None


def check(definition, instance):
    """Raises if the instance is not what the meta model calls `result:METHOD` or `params:METHOD`."""
    if _validator is None:
        return
    if definition not in _cache:
        # Some requests of the server have no parameters.
        method = definition.removeprefix("params:")
        if instance is None and definition != method and f"result:{method}" in _validator.schema["$defs"]:
            return
        if definition not in _validator.schema["$defs"]:
            raise AssertionError(f"the meta model has no {definition}")
        definitions = _validator.schema["$defs"]
        _cache[definition] = type(_validator)({**definitions[definition], "$defs": definitions})
    errors = list(_cache[definition].iter_errors(instance))
    if errors:
        raise AssertionError(f"{definition}: {errors[0].message} at {list(errors[0].absolute_path)}")
