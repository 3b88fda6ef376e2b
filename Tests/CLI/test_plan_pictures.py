"""The pictures of a plan: that they are well formed, show the whole graph, and hold text of the program as text."""

import html.parser
import json
import os
import re
import subprocess
import xml.etree.ElementTree

import pytest
from conftest import BINARY, ENVIRONMENT, ROOT, on_terminal

PYTORCH = ["plan", "Examples/pytorch", "--owner", "1000:1000", "--format"]
SVG = "{http://www.w3.org/2000/svg}"

# Text that would end an element, an attribute, a script, a string or a label of one of the formats, if it were let.
HOSTILE = [
    "</script><script>document.title='taken'</script>",
    '"><img src=x onerror="document.title=\'taken\'">',
    "' onload='alert(1)",
    "]]></title></svg><svg onload=alert(1)>",
    "<!-- --> <style>*{display:none}</style>",
    '"]; click s1 "javascript:alert(1)"; s1["',
    "#quot; `code` %%{init: {}}%% &amp; &#0;",
    '\\"]; } digraph { "',
    "\x1b]0;title\x07 \x9b2J \u202eright-to-left \ufffe \r\n\t",
]


@pytest.fixture
def hostile(tmp_path):
    """A folder with a program made of such text: in commands, names, comments, and the name of a file."""
    name = "<img src=x onerror=alert(1)>'\"&.envd"
    (tmp_path / name).write_text(
        "def library(text):\n    install.apt_packages([text])\n" + "# </code></div><script>x</script>\n"
    )
    literals = map(json.dumps, HOSTILE)
    calls = "".join(
        f"    run([{text}])\n    library({text})\n    runtime.environ({{'A': {text}}})\n" for text in literals
    )
    program = f"load({json.dumps(name)}, 'library')\n\n# <script>document.title='taken'</script>\ndef build():\n{calls}"
    (tmp_path / "build.envd").write_text(program)
    return tmp_path


def edges(plan):
    return sorted({(need, step["step"]) for step in plan["steps"] for need in step["needs"]})


def plan_of(envd, arguments, cwd):
    return json.loads(envd(*arguments, "json", cwd=cwd).out)


# SVG


def check_svg(text, plan):
    root = xml.etree.ElementTree.fromstring(text)
    assert root.tag == SVG + "svg"
    boxes = {}
    for group in root.iter(SVG + "g"):
        if "data-step" in group.attrib:
            rectangle = next(group.iter(SVG + "rect"))
            boxes[int(group.get("data-step"))] = [float(rectangle.get(key)) for key in ["x", "y", "width", "height"]]
    assert sorted(boxes) == [step["step"] for step in plan["steps"]]
    for number, (x, y, width, height) in boxes.items():
        for other, (x2, y2, width2, height2) in boxes.items():
            assert other == number or not (x < x2 + width2 and x2 < x + width and y < y2 + height2 and y2 < y + height)
    drawn = []
    for path in root.iter(SVG + "path"):
        if "data-from" not in path.attrib:
            continue
        start, end = int(path.get("data-from")), int(path.get("data-to"))
        drawn.append((start, end))
        points = [tuple(map(float, pair)) for pair in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path.get("d"))]
        for (x, y), box in [(points[0], boxes[start]), (points[-1], boxes[end])]:
            assert box[0] <= x <= box[0] + box[2] and box[1] - 0.2 <= y <= box[1] + box[3] + 0.2
    assert sorted(drawn) == edges(plan)
    return root


def test_svg_shows_the_graph(envd):
    root = check_svg(envd(*PYTORCH, "svg", cwd=ROOT).out, plan_of(envd, PYTORCH, ROOT))
    assert "apt-get install build-essential htop tmux" in "".join(root.itertext())


@pytest.mark.parametrize("builder", ["moby-worker", "docker-container"])
def test_svg_of_every_program(envd, builder):
    drawn = 0
    for folder in sorted((ROOT / "Tests/Conformance/programs").iterdir()):
        arguments = ["plan", folder, "--builder", builder, "--format"]
        finished = envd(*arguments, "svg", cwd=ROOT)
        if finished.status == 0:
            check_svg(finished.out, plan_of(envd, arguments, ROOT))
            drawn += 1
    assert drawn > 30


def test_svg_of_a_hostile_program_holds_it_as_text(envd, hostile):
    arguments = ["plan", "--format"]
    root = check_svg(envd(*arguments, "svg", cwd=hostile).out, plan_of(envd, arguments, hostile))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg",
        "title",
        "style",
        "rect",
        "text",
        "g",
        "path",
        "defs",
        "marker",
    }
    for element in root.iter():
        assert not any(name.startswith("on") or name.endswith("href") for name in element.attrib)


def test_svg_of_thousands_of_steps(envd, tmp_path):
    (tmp_path / "build.envd").write_text("def build():\n    for i in range(2500):\n        io.copy('a', '/b%d' % i)\n")
    arguments = ["plan", "--format"]
    text = envd(*arguments, "svg", cwd=tmp_path).out
    root = xml.etree.ElementTree.fromstring(text)
    assert sum("data-step" in group.attrib for group in root.iter(SVG + "g")) > 2500


def test_the_picture_in_the_readme_is_what_the_command_draws(envd):
    program = ["Examples/serving", "--owner", "1000:1000", "--builder", "docker-container"]
    finished = envd("plan", *program, "--format", "svg", cwd=ROOT)
    assert finished.status == 0
    picture = ROOT / "Examples/serving/plan.svg"
    if os.environ.get("UPDATE_SPECS") == "1":
        picture.write_bytes(finished.stdout)
    assert picture.read_bytes() == finished.stdout


# dot and Mermaid


def dot_words(text):
    """The tokens of a text in Graphviz's language: strings as they are, all else by words."""
    return re.findall(r'"(?:[^"\\]|\\.)*"|[A-Za-z0-9_.#]+|->|\S', text, re.DOTALL)


@pytest.mark.parametrize("kind", ["pytorch", "hostile"])
def test_dot_has_each_step_and_each_edge(envd, hostile, kind):
    arguments, cwd = (PYTORCH, ROOT) if kind == "pytorch" else (["plan", "--format"], hostile)
    text = envd(*arguments, "dot", cwd=cwd).out
    plan = plan_of(envd, arguments, cwd)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)
    words = dot_words(text)
    assert words[:3] == ["digraph", "plan", "{"] and words[-1] == "}" and words.count("{") == words.count("}") == 1
    outside = " ".join(word for word in words if not word.startswith('"'))
    assert sorted((int(a), int(b)) for a, b in re.findall(r"\bs(\d+) -> s(\d+)\b", outside)) == edges(plan)
    assert [int(number) for number in re.findall(r"\bs(\d+) \[", outside)] == [step["step"] for step in plan["steps"]]


@pytest.mark.parametrize("kind", ["pytorch", "hostile"])
def test_mermaid_has_each_step_and_each_edge(envd, hostile, kind):
    arguments, cwd = (PYTORCH, ROOT) if kind == "pytorch" else (["plan", "--format"], hostile)
    lines = envd(*arguments, "mermaid", cwd=cwd).out.splitlines()
    plan = plan_of(envd, arguments, cwd)
    assert lines[0] == "flowchart TD"
    node = re.compile(r'  s(\d+)\["((?:[\w ./=+@()\[\]:!?%,·–…\u00a0-\U0010ffff-]|#\d+;|<br/>)*)"\]:::(\w+)')
    nodes = [match for line in lines if (match := node.fullmatch(line))]
    arrows = [match for line in lines if (match := re.fullmatch(r"  s(\d+) --> s(\d+)", line))]
    classes = [match for line in lines if (match := re.fullmatch(r"  classDef (\w+) [\w:#,-]+", line))]
    assert 1 + len(nodes) + len(arrows) + len(classes) == len(lines)
    assert [int(match[1]) for match in nodes] == [step["step"] for step in plan["steps"]]
    assert sorted((int(match[1]), int(match[2])) for match in arrows) == edges(plan)
    assert {match[3] for match in nodes} == {match[1] for match in classes}


# HTML


class Page(html.parser.HTMLParser):
    """What elements and attributes a page has, and whether all that is opened is closed."""

    VOID = {"meta"}

    def __init__(self, text):
        super().__init__()
        self.open, self.elements, self.scripts = [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] == "script":
            self.scripts.append(data)


def check_page(text, plan):
    page = Page(text)
    allowed = {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "header",
        "h1",
        "h2",
        "h3",
        "p",
        "ul",
        "ol",
        "li",
        "svg",
        "defs",
        "marker",
        "g",
        "rect",
        "path",
        "text",
        "main",
        "section",
        "div",
        "span",
        "code",
        "article",
        "dl",
        "dt",
        "dd",
        "em",
        "pre",
        "a",
        "script",
    }
    assert {tag for tag, _ in page.elements} <= allowed
    assert len(page.scripts) == 1
    assert page.scripts[0] == (ROOT / "Sources/PlanRendering/Page/page.js").read_text()
    for tag, attributes in page.elements:
        assert not any(name.startswith("on") or name in ["src", "style", "action"] for name in attributes)
        assert attributes.get("href", "#").startswith("#")
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for step in plan["steps"]:
        assert f"step-{step['step']}" in ids and f"detail-{step['step']}" in ids
    for _, attributes in page.elements:
        if attributes.get("href", "#") != "#":
            assert attributes["href"][1:] in ids
    return page


def test_page_has_the_graph_the_source_and_the_details(envd):
    text = envd(*PYTORCH, "html", cwd=ROOT).out
    page = check_page(text, plan_of(envd, PYTORCH, ROOT))
    lines = [attributes for _, attributes in page.elements if attributes.get("id", "").startswith("line-0-")]
    assert len(lines) >= len((ROOT / "Examples/pytorch/build.envd").read_text().splitlines())
    assert "http" not in re.sub(r"https?://www\.w3\.org/\S*", "", "".join(page.scripts))


def test_page_of_a_hostile_program_holds_it_as_text(envd, hostile):
    text = envd("plan", "--format", "html", cwd=hostile).out
    check_page(text, plan_of(envd, ["plan", "--format"], hostile))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


# The binary graph, and files


def test_binary_graph_holds_the_operations_by_their_digests(envd):
    data = envd(*PYTORCH, "pb", cwd=ROOT).stdout
    for step in plan_of(envd, PYTORCH, ROOT)["steps"]:
        assert step["digest"].encode() in data


def test_binary_graph_is_not_for_terminals(tmp_path):
    (tmp_path / "build.envd").write_text("def build():\n    base()\n")
    seen = on_terminal(["plan", "--format", "pb"], tmp_path, shows_errors=True)
    assert seen.startswith(b"envd: will not write a binary plan to a terminal") and seen.count(b"\n") == 1


@pytest.mark.parametrize("form", ["text", "json", "dot", "mermaid", "svg", "html", "pb"])
def test_output_goes_to_a_file_and_is_the_same_every_time(envd, tmp_path, form):
    target = tmp_path / "plan"
    target.write_text("what was there before")
    finished = envd(*PYTORCH, form, "--output", target, cwd=ROOT)
    assert (finished.status, finished.stdout, finished.stderr) == (0, b"", b"")
    assert target.read_bytes() == envd(*PYTORCH, form, "-o", "-", cwd=ROOT).stdout
    assert os.listdir(tmp_path) == ["plan"]


def test_a_plan_that_fails_leaves_the_file_alone(envd, tmp_path):
    (tmp_path / "build.envd").write_text("def build():\n    fail('no')\n")
    (tmp_path / "plan.svg").write_text("before")
    assert envd("plan", "--format", "svg", "-o", "plan.svg", cwd=tmp_path).status == 1
    assert (tmp_path / "plan.svg").read_text() == "before"


def test_a_full_disk_is_said():
    with open("/dev/full", "wb") as full:
        finished = subprocess.run(
            [BINARY, *PYTORCH, "svg"], cwd=ROOT, env=ENVIRONMENT, stdout=full, stderr=subprocess.PIPE
        )
    assert finished.returncode == 2 and finished.stderr.startswith(b"envd: cannot write to standard output")
