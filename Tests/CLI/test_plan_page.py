"""The page of a plan in a real browser: what is selected when it is opened at a step or at a line.

Needs Chromium or Chrome on the PATH, and is skipped without.
"""

import html.parser
import json
import os
import shutil
import subprocess

import pytest
from conftest import ROOT
from test_plan_pictures import PYTORCH, hostile  # noqa: F401 (a fixture)

BROWSER = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on the PATH")


class Elements(html.parser.HTMLParser):
    """The elements of a page with an id: their attributes; and its title."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.open, self.title = {}, [], ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag != "meta":
            self.open.append(tag)
        if "id" in attributes:
            self.elements[attributes["id"]] = attributes

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data):
        if self.open == ["html", "head", "title"]:
            self.title += data

    def having(self, *names):
        """The ids of the elements with all of these classes."""
        found = self.elements.items()
        return {name for name, attributes in found if set(names) <= set((attributes.get("class") or "").split())}


def opened(page, fragment, folder):
    """What a browser makes of a page."""
    finished = subprocess.run(
        [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", f"{page.as_uri()}#{fragment}"],
        env=os.environ | {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_CACHE_HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert finished.returncode == 0, finished.stderr
    return Elements(finished.stdout)


@pytest.fixture
def page(envd, tmp_path):
    assert envd(*PYTORCH, "html", "-o", tmp_path / "plan.html", cwd=ROOT).status == 0
    return tmp_path / "plan.html"


def shown(elements):
    """The article in view."""
    articles = [name for name in elements.elements if name in ["overview", "line-steps"] or name.startswith("detail-")]
    return [name for name in articles if "hidden" not in elements.elements[name]]


def test_at_first_the_overview_is_shown(page, tmp_path):
    elements = opened(page, "", tmp_path)
    assert shown(elements) == ["overview"]
    assert elements.having("selected") == elements.having("cause") == set()


def test_a_step_shows_its_lines_and_what_is_to_be_said_of_it(envd, page, tmp_path):
    plan = json.loads(envd(*PYTORCH, "json", cwd=ROOT).out)
    step = next(step for step in plan["steps"] if "conda install" in step["title"])
    elements = opened(page, f"step-{step['step']}", tmp_path)
    assert elements.having("step", "selected") == {f"step-{step['step']}"}
    *way, cause = [f"line-0-{call['line']}" for call in step["locations"][0]["stack"]]
    assert elements.having("line", "cause") == {cause}
    assert elements.having("line", "way") == set(way) != set()
    assert shown(elements) == [f"detail-{step['step']}"]
    users = {f"step-{other['step']}" for other in plan["steps"] if step["step"] in other["needs"]}
    assert elements.having("step", "near") == users | {f"step-{need}" for need in step["needs"]}


def test_a_line_shows_its_steps(envd, page, tmp_path):
    plan = json.loads(envd(*PYTORCH, "json", cwd=ROOT).out)
    line = next(call["line"] for step in plan["steps"] for call in step["locations"][0]["stack"][:-1])
    steps = {
        f"step-{step['step']}" for step in plan["steps"] if line in [c["line"] for c in step["locations"][0]["stack"]]
    }
    elements = opened(page, f"line-0-{line}", tmp_path)
    assert elements.having("step", "selected") == steps != set()
    assert elements.having("line", "cause") == {f"line-0-{line}"}
    assert shown(elements) == ["line-steps"]


def test_nothing_of_a_hostile_program_runs(envd, hostile):  # noqa: F811
    assert envd("plan", "--format", "html", "-o", "plan.html", cwd=hostile).status == 0
    before = (hostile / "plan.html").read_text()
    for fragment in ["", "step-2", "line-0-6", "%3Cimg%20src=x%20onerror=alert(1)%3E"]:
        elements = opened(hostile / "plan.html", fragment, hostile)
        assert elements.title == "build.envd:build"
        assert len(elements.elements) == before.count(' id="')
