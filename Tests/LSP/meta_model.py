"""What the meta model knows of requests, made into parameters: valid ones, of which tests then spoil parts."""

import functools
import json

import schema

URI = "file:///project/build.envd"
#: Optional properties are filled in down to this depth, so that recursive structures end.
DEPTH = 3

available = schema.available


@functools.cache
def _model():
    return json.loads((schema._find() / "metaModel.json").read_text())


@functools.cache
def _named(kind):
    return {item["name"]: item for item in _model()[kind]}


def announced_requests(capabilities):
    """The requests for which a server announces a capability, by method: an example of their parameters, with all options."""
    result = {}
    for request in _model()["requests"]:
        path = request.get("serverCapability")
        if (
            request["messageDirection"] == "clientToServer"
            and path
            and "params" in request
            and _offers(capabilities, path)
        ):
            result[request["method"]] = example(request["params"])
    return result


def notifications():
    """All notifications that a client may send, but the last, with an example of their parameters."""
    return {
        notification["method"]: example(notification["params"]) if "params" in notification else None
        for notification in _model()["notifications"]
        if notification["messageDirection"] != "serverToClient" and notification["method"] != "exit"
    }


def _offers(capabilities, path):
    value = capabilities
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value not in (None, False)


def example(type_, depth=0):
    """A valid value of a type."""
    match type_["kind"]:
        case "base":
            return {
                "URI": URI,
                "DocumentUri": URI,
                "integer": 1,
                "uinteger": 1,
                "decimal": 0.5,
                "string": "x",
                "boolean": True,
                "null": None,
                "RegExp": "x",
            }[type_["name"]]
        case "reference":
            return _referenced(type_["name"], depth)
        case "array":
            return [example(type_["element"], depth + 1)]
        case "map":
            return {example(type_["key"], depth + 1): example(type_["value"], depth + 1)}
        case "or":
            return example(type_["items"][0], depth)
        case "and":
            return {key: value for item in type_["items"] for key, value in example(item, depth).items()}
        case "tuple":
            return [example(item, depth + 1) for item in type_["items"]]
        case "literal":
            return _properties(type_["value"]["properties"], depth)
        case _:
            return type_["value"]


def _referenced(name, depth):
    if name in ("LSPAny", "LSPObject"):
        return {"any": [1]}
    if name in _named("enumerations"):
        return _named("enumerations")[name]["values"][0]["value"]
    if name in _named("typeAliases"):
        return example(_named("typeAliases")[name]["type"], depth)
    return _properties(_all_properties(name), depth)


def _all_properties(name):
    structure = _named("structures")[name]
    inherited = [_all_properties(base["name"]) for base in structure.get("extends", []) + structure.get("mixins", [])]
    return [*(item for items in inherited for item in items), *structure["properties"]]


def _properties(properties, depth):
    return {
        item["name"]: example(item["type"], depth + 1)
        for item in properties
        if depth < DEPTH or not item.get("optional")
    }
