"""Whether two servers have given the same answer."""

import re

#: What hovers and hints say of steps hangs on whether the program has been run since it was last changed, and that is a matter of time.
STEPS = re.compile(r"\n\nAdds \d+ steps? to the plan:.*\Z", re.DOTALL)
STEP_HINT = re.compile(r"\d+ steps?")


def same(ours, fresh, about):
    """Raises with the first place where two answers differ."""
    ours, fresh = plain(ours), plain(fresh)
    if ours == fresh:
        return
    path = []
    while True:
        if isinstance(ours, dict) and isinstance(fresh, dict) and ours.keys() == fresh.keys():
            key = next(key for key in ours if ours[key] != fresh[key])
        elif isinstance(ours, list) and isinstance(fresh, list) and len(ours) == len(fresh):
            key = next(key for key in range(len(ours)) if ours[key] != fresh[key])
        else:
            raise AssertionError(
                f"a fresh server answers otherwise at {path}: {ours!r:.2000} and {fresh!r:.2000}, asked {about}"
            )
        path.append(key)
        ours, fresh = ours[key], fresh[key]


def plain(value):
    """An answer without what only its server knows the meaning of, and without what is a matter of time."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items() if key != "resultId"}
    if isinstance(value, str):
        return STEPS.sub("", value)
    return [plain(item) for item in value if not counts_steps(item)] if isinstance(value, list) else value


def counts_steps(item):
    """Whether it is an inlay hint that says what a call adds to the plan."""
    return isinstance(item, dict) and "kind" not in item and STEP_HINT.fullmatch(str(item.get("label"))) is not None
