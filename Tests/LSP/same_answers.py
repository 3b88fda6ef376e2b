"""Whether two servers have given the same answer."""


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
    """An answer without what only its server knows the meaning of."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items() if key != "resultId"}
    return [plain(item) for item in value] if isinstance(value, list) else value
