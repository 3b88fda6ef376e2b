"""`envd lint --select`, `--ignore`, and `envd explain`."""

import re

import pytest

SOURCE = b"x = nowhere\nx = set()\n"
CODES = {"undefined-name", "reassigned-global", "set-function"}


def codes(finished):
    return set(re.findall(r"\[([a-z-]+)\]$", finished.out, re.MULTILINE))


def lint(envd, *arguments):
    return codes(envd("lint", *arguments, "-", stdin=SOURCE))


def test_all_of_these_rules_are_asked_by_default(envd):
    assert CODES <= lint(envd)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--select", "undefined-name"], {"undefined-name"}),
        (["--select", "undefined-name,set-function"], {"undefined-name", "set-function"}),
        (["--select", "undefined-name", "--select", "set-function"], {"undefined-name", "set-function"}),
        (["--select", "names"], CODES),
        (["--select", "names", "--ignore", "set-function, undefined-name"], {"reassigned-global"}),
        (["--select", "set-function", "--ignore", "names"], {"set-function"}),
        (["--select", "names", "--ignore", "all"], CODES),
        (["--select", "all", "--ignore", "all"], set()),
        (["--ignore", "all"], set()),
    ],
)
def test_rules_are_chosen(envd, arguments, expected):
    assert lint(envd, *arguments) == expected


def test_all_holds_at_least_what_is_asked_by_default(envd):
    assert CODES <= lint(envd, "--select", "all")


def test_syntax_errors_are_always_told(envd):
    assert codes(envd("lint", "--ignore", "all", "-", stdin=b"x = (\n")) == {"unclosed-bracket"}


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_unknown_names_are_refused(envd, option):
    assert envd("lint", option, "undefind-name", "-").fails_with_one_line(option, "did you mean 'undefined-name'?")
    assert envd("lint", option, "nmes", "-").fails_with_one_line("did you mean 'names'?")
    assert envd("lint", option, "qqqqq", "-").fails_with_one_line("'qqqqq'")
    assert envd("lint", option, "names,,all", "-").fails_with_one_line("''")


# MARK: explain


def listed(envd, *arguments):
    return re.findall(r"^  ([a-z0-9-]+) +(error|warning|advice) +(.+)$", envd("explain", *arguments).out, re.MULTILINE)


def test_explain_lists_every_rule_and_has_its_page(envd):
    rules = listed(envd)
    assert CODES <= {code for code, _, _ in rules}
    for code, _, summary in rules:
        page = envd("explain", code)
        assert page.status == 0 and page.err == ""
        assert page.out.startswith(f"# {code}\n\n")
        assert summary.removesuffix(" (opt-in)") in " ".join(page.out.split())


def test_explain_lists_the_rules_of_a_group(envd):
    names = {code for code, _, _ in listed(envd, "names")}
    assert CODES <= names < {code for code, _, _ in listed(envd)}
    assert "unused-suppression" not in names
    assert envd("explain", "all").out == envd("explain").out


def test_explain_of_what_is_no_rule(envd):
    assert envd("explain", "undefind-name").fails_with_one_line("did you mean 'undefined-name'?")
    syntax = envd("explain", "unclosed-bracket")
    assert syntax.status == 0 and "syntax error" in syntax.out


def test_the_page_says_what_the_linter_finds(envd):
    """The examples of the page, as the command prints it, through the command line."""
    page = envd("explain", "set-function").out
    bad, good = re.findall(r"```envd\n(.*?)```", page, re.DOTALL)
    assert codes(envd("lint", "--select", "set-function", "-", stdin=bad.encode())) == {"set-function"}
    assert codes(envd("lint", "--select", "set-function", "-", stdin=good.encode())) == set()
