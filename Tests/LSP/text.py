"""Text as the protocol counts it, written without a thought to speed."""

import re

WIDTH = {
    "utf-8": lambda c: len(c.encode()),
    "utf-16": lambda c: 2 if ord(c) > 0xFFFF else 1,
    "utf-32": lambda c: 1,
}
LINE_END = re.compile("\r\n|\n|\r")


def lines(text):
    """(start, end) of every line, without its end, as indices into the text."""
    result, start = [], 0
    for match in LINE_END.finditer(text):
        result.append((start, match.start()))
        start = match.end()
    return result + [(start, len(text))]


def index(text, position, encoding):
    """The index that a position means. It is clamped to the line, and to the text."""
    table = lines(text)
    if position["line"] >= len(table):
        return len(text)
    start, end = table[position["line"]]
    rest = position["character"]
    while start < end and rest >= WIDTH[encoding](text[start]):
        rest -= WIDTH[encoding](text[start])
        start += 1
    return start


def position(text, index, encoding):
    """The position of an index. Within a line end there is none; its beginning is taken."""
    for number, (start, end) in enumerate(lines(text)):
        if index <= end:
            return {"line": number, "character": sum(map(WIDTH[encoding], text[start:index]))}
        following = LINE_END.match(text, end)
        if following and index < following.end():
            return {"line": number, "character": sum(map(WIDTH[encoding], text[start:end]))}
    raise IndexError(index)


def apply(text, change, encoding):
    if "range" not in change:
        return change["text"]
    start = index(text, change["range"]["start"], encoding)
    end = index(text, change["range"]["end"], encoding)
    return text[:start] + change["text"] + text[end:]


def apply_edits(text, edits, encoding):
    """Edits that all refer to the same text and do not overlap, as an answer brings them."""
    spans = sorted(
        (index(text, e["range"]["start"], encoding), index(text, e["range"]["end"], encoding), e["newText"])
        for e in edits
    )
    for (_, end, _), (start, _, _) in zip(spans, spans[1:]):
        assert end <= start, "edits overlap"
    for start, end, new in reversed(spans):
        text = text[:start] + new + text[end:]
    return text
