"""Reads a TextMate grammar as VS Code does: line by line, with Oniguruma, keeping a stack of the rules that are open.

At each place of a line the rule wins that matches first, of several that match there the one that stands first; the end
of the open rule stands before its patterns. What VS Code knows beyond this (`\\A`, `\\G`, `while`, injections, references
from an end to its beginning) the grammar does not use, and `Grammar` refuses.
"""

import json
import re

import onigurumacffi


class Rule:
    """A rule with a regular expression, its scopes, and the patterns that it opens."""

    def __init__(self, grammar, raw):
        unknown = set(raw) - {"comment", "name", "contentName", "match", "captures", "begin", "beginCaptures", "end"}
        unknown -= {"endCaptures", "patterns"}
        if unknown:
            raise ValueError(f"unknown keys in a rule: {sorted(unknown)}")
        self.scopes = raw.get("name", "").split()
        self.content = raw.get("contentName", "").split()
        self.is_block = "begin" in raw
        self.expression = grammar.compile(raw["begin"] if self.is_block else raw["match"])
        self.captures = captures(grammar, raw.get("beginCaptures" if self.is_block else "captures", {}))
        self.patterns = raw.get("patterns", [])
        self.end = grammar.compile(raw["end"]) if self.is_block else None
        self.end_captures = captures(grammar, raw.get("endCaptures", {}))


def captures(grammar, raw):
    """Of each group its scopes and the patterns for its text."""
    for capture in raw.values():
        if set(capture) - {"comment", "name", "patterns"}:
            raise ValueError(f"a capture has {sorted(capture)}")
    return {
        int(group): (capture.get("name", "").split(), capture.get("patterns", [])) for group, capture in raw.items()
    }


class Token:
    """A piece of a line and its scopes, the outermost first. Line and columns count characters from 0."""

    def __init__(self, line, start, end, text, scopes):
        self.line, self.start, self.end, self.text, self.scopes = line, start, end, text, scopes

    def has(self, scope):
        return any(one == scope or one.startswith(scope + ".") for one in self.scopes)

    def __repr__(self):
        return f"{self.line + 1}:{self.start + 1} {self.text!r} {' '.join(self.scopes)}"


class Grammar:
    def __init__(self, path):
        self.raw = json.loads(path.read_text(encoding="utf-8"))
        self.scope = self.raw["scopeName"]
        self._compiled = {}
        self._rules = {}
        self._flat = {}

    def compile(self, pattern):
        if re.search(r"(?<!\\)(?:\\\\)*\\[AGzZ1-9]", pattern):
            raise ValueError(f"this reader does not know all of {pattern}")
        if pattern not in self._compiled:
            self._compiled[pattern] = onigurumacffi.compile(pattern)
        return self._compiled[pattern]

    def rules(self, patterns):
        """The rules that patterns stand for, with what they include in their places."""
        key = id(patterns)
        if key not in self._flat:
            # Kept with its patterns, which keeps the key from being given to others.
            self._flat[key] = (patterns, list(self._flatten(patterns, ())))
        return self._flat[key][1]

    def _flatten(self, patterns, within):
        for raw in patterns:
            if "include" in raw:
                name = raw["include"]
                if name in within:
                    continue
                if name == "$self":
                    included = self.raw
                elif name.startswith("#"):
                    included = self.raw["repository"][name[1:]]
                else:
                    raise ValueError(f"the grammar includes {name}")
                yield from self._flatten([included], (*within, name))
            elif "match" in raw or "begin" in raw:
                if id(raw) not in self._rules:
                    self._rules[id(raw)] = Rule(self, raw)
                yield self._rules[id(raw)]
            else:
                yield from self._flatten(raw["patterns"], within)

    def tokens(self, text):
        """All pieces of a text, in order and without a gap. Line breaks are pieces too."""
        result = []
        stack = [Open(None, [self.scope], self.rules(self.raw["patterns"]), None)]
        for number, text in enumerate(text.split("\n")):
            Line(self, number, text + "\n", result).read(stack)
        return result


class Open:
    """A rule on the stack: None is the grammar itself. `place` is where in its line it was opened."""

    def __init__(self, rule, scopes, rules, place):
        self.rule, self.scopes, self.rules, self.place = rule, scopes, rules, place


class Line:
    """A line, or the beginning of one if only what stands in a capture is read."""

    def __init__(self, grammar, number, text, result):
        self.grammar, self.number, self.text, self.result = grammar, number, text, result
        self.at = 0
        self._found = {}

    def read(self, stack):
        """Reads to the end, and leaves the stack as it is there."""
        while True:
            top = stack[-1]
            place, rule, match = self._next(top)
            if match is None:
                self._put(len(self.text), top.scopes)
                for entry in stack:
                    entry.place = None
                return
            before = self.at
            self._put(place, top.scopes)
            if rule is None:
                self._put_match(match, top.rule.end_captures, top.scopes)
                stack.pop()
                stuck = self.at == before and top.place == before
            else:
                inner = top.scopes + rule.scopes
                self._put_match(match, rule.captures, inner)
                stuck = self.at == before and (not rule.is_block or any(entry.rule is rule for entry in stack))
                if rule.is_block:
                    rules = self.grammar.rules(rule.patterns)
                    stack.append(Open(rule, inner + rule.content, rules, before))
            if stuck:
                raise ValueError(f"line {self.number + 1} is never left: {self.text!r}")

    def _next(self, top):
        """Where which rule matches next; the end of the open one is no rule."""
        best = (None, None, None)
        candidates = [(None, top.rule.end)] if top.rule else []
        candidates += [(rule, rule.expression) for rule in top.rules]
        for rule, expression in candidates:
            match = self._search(expression)
            if match and (best[2] is None or match.start() < best[0]):
                best = (match.start(), rule, match)
                if best[0] == self.at:
                    break
        return best

    def _search(self, expression):
        # What was found further on is what would be found again.
        if id(expression) in self._found:
            match = self._found[id(expression)]
            if match is None or match.start() >= self.at:
                return match
        match = self._found[id(expression)] = expression.search(self.text, self.at)
        return match

    def _put(self, end, scopes):
        if end > self.at:
            self.result.append(Token(self.number, self.at, end, self.text[self.at : end], scopes))
            self.at = end

    def _put_match(self, match, captured, scopes):
        opened = []
        for group, (names, patterns) in sorted(captured.items()):
            # What a group that took no part says of its place is of no use.
            if match._begs[group] < 0 or match.start(group) == match.end(group):
                continue
            start, end = match.span(group)
            while opened and opened[-1][0] <= start:
                self._put(*opened.pop())
            inner = (opened[-1][1] if opened else scopes) + names
            self._put(start, opened[-1][1] if opened else scopes)
            if patterns:
                part = Line(self.grammar, self.number, self.text[:end], self.result)
                part.at = start
                part.read([Open(None, inner, self.grammar.rules(patterns), None)])
                self.at = end
            else:
                opened.append((end, inner))
        while opened:
            self._put(*opened.pop())
        self._put(match.end(), scopes)
