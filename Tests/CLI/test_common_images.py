"""`scripts/common-images`: how it reads Dockerfiles."""

import importlib.machinery
import importlib.util
import json

import pytest
from conftest import ROOT

LOADER = importlib.machinery.SourceFileLoader("common_images", str(ROOT / "scripts" / "common-images"))
script = importlib.util.module_from_spec(importlib.util.spec_from_loader("common_images", LOADER))
LOADER.exec_module(script)

PATH = script.PATH


@pytest.mark.parametrize(
    "lines, env",
    [
        ("ENV A b c", ["A=b c"]),
        ('ENV A "b c"', ["A=b c"]),
        ("ENV A=b C=\"d e\" F='g'", ["A=b", "C=d e", "F=g"]),
        ("ENV A=b \\\n  # a comment\n  C=d", ["A=b", "C=d"]),
        ("ENV A=1\nENV B=${A}2 C=$A", ["A=1", "B=12", "C=1"]),
        ("ENV A=1\nENV A=2 B=$A", ["A=2", "B=1"]),
        ("ENV B=${A:-none} C=${A}", ["B=none", "C="]),
        ("ARG V=3\nENV A=$V", ["A=3"]),
        ("ENV A 1\nENV B 2\nENV A 3", ["A=3", "B=2"]),
        ("RUN ENV=x true\nLABEL ENV A=1", []),
    ],
)
def test_variables(lines, env):
    assert script.evaluate("FROM debian\n" + lines).list() == [PATH, *env]


def test_the_search_path_keeps_its_place():
    config = script.evaluate("FROM debian\nENV A=1\nENV PATH /opt/bin:$PATH")
    assert config.list() == [PATH.replace("=", "=/opt/bin:"), "A=1"]


def test_the_last_stage_counts_with_those_that_it_is_based_on():
    text = """\
ARG TAG=1
FROM debian:$TAG AS first
ENV A=first
FROM first AS first-amd64
ENV B=amd
FROM first AS first-arm64
ENV B=arm
FROM alpine AS other
ENV C=other
FROM first-${TARGETARCH}
ENV D=$A
USER me
WORKDIR /srv
WORKDIR data
ENTRYPOINT ["run", "it"]
"""
    config = script.evaluate(text)
    assert config.list() == [PATH, "A=first", "B=amd", "D=first"]
    assert (config.user, config.directory, config.entrypoint) == ("me", "/srv/data", ["run", "it"])


def test_the_config_of_another_image_is_inherited():
    base = script.Config([PATH, "A=1"], ["entry"], "me", "/home")
    config = script.evaluate("FROM base:1\nENV B=$A\nENTRYPOINT run", known={"base:1": base}.get)
    assert config.list() == [PATH, "A=1", "B=1"]
    assert (config.user, config.directory, config.entrypoint) == ("me", "/home", ["/bin/sh", "-c", "run"])
    assert base.list() == [PATH, "A=1"]


def test_every_line_of_the_table_says_where_it_comes_from():
    text = script.OUTPUT.read_text().split('#"""\n', 1)[1].rsplit('\n"""#', 1)[0]
    lines = [json.loads(line) for line in text.splitlines()]
    names = {name for line in lines for name in line["images"]}
    for line in lines:
        known = [line["source"].startswith(name + "@") for name in [*script.SOURCES, "pytorch/pytorch"]]
        assert line["source"] == "from scratch" or any(known), line
        assert line.get("base") is None or line["base"] in names, line
