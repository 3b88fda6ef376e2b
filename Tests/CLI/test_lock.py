"""`envd lock`: asks for what plans need and writes it down. All is asked for on loopback."""

import base64
import json
import os
import pathlib
import signal
import socket
import subprocess
import threading

import pytest
from conftest import BINARY, ENVIRONMENT, Finished, on_terminal
from registry import DOCKER_MANIFEST, OCI_INDEX, OCI_MANIFEST, World, closed_port, digest, encode

DEEP = pytest.param("[" * 100_000, id="deep")

PROGRAM = """\
def build():
    base(image="{host}/tool:1.0", dev=True)
    install.vscode_extensions(["publisher.extension"])
    install.codex()
"""


@pytest.fixture
def world():
    with World() as world:
        world.image("tool", "1.0", {"Env": ["PATH=/tool/bin:/bin", "A=b=c"], "User": "worker"})
        world.releases["openai/codex"] = [
            {"tag_name": "v3-draft", "draft": True},
            {"tag_name": "v2-preview", "prerelease": True},
            {"tag_name": "rust-v1.2.3", "draft": False, "prerelease": False},
        ]
        world.extensions["publisher.extension"] = {"universal": "https://example.com/x.vsix"}
        yield world


class Project:
    """A folder with a program, and ways to run the binary in it with that world around."""

    def __init__(self, folder, world):
        self.folder, self.world = folder, world
        self.file = folder / "envd.lock"
        self.environment = ENVIRONMENT | {
            "HOME": str(folder / "home"),
            "ENVD_LOCK_DOCKER_HUB_URL": world.url,
            "ENVD_LOCK_GITHUB_URL": world.url,
            "ENVD_LOCK_OPENVSX_URL": world.url,
        }
        self.write(PROGRAM.format(host=world.host))

    def write(self, program):
        (self.folder / "build.envd").write_text(program)

    def run(self, *arguments, **environment):
        completed = subprocess.run(
            [BINARY, *arguments],
            cwd=self.folder,
            env=self.environment | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120,
        )
        return Finished(completed)

    def lock(self, *arguments, **environment):
        return self.run("lock", *arguments, **environment)

    @property
    def facts(self):
        return json.loads(self.file.read_text())

    def image(self, reference):
        """Locks a program of that image alone."""
        self.write(f"def build():\n    base(image={reference!r})\n")
        return self.lock()


@pytest.fixture
def project(tmp_path, world):
    return Project(tmp_path, world)


# What is asked for, and what is written


def test_the_facts_of_a_program_are_asked_for_and_written(project, world):
    finished = project.lock()
    assert finished.status == 0, finished
    assert finished.out == ""
    facts = project.facts
    image = facts["images"].pop(f"{world.host}/tool:1.0")
    body, _ = world.manifests["tool", "1.0"]
    assert image == {
        "digest": digest(body),
        "platform": "linux/amd64",
        "Env": ["PATH=/tool/bin:/bin", "A=b=c"],
        "Entrypoint": [],
        "User": "worker",
        "WorkingDir": "",
    }
    assert facts == {"images": {}, "releases": {"openai/codex": "rust-v1.2.3"}, "vsx": {"publisher.extension": True}}
    for name in [f"image {world.host}/tool:1.0", "release openai/codex: rust-v1.2.3", "extension publisher.extension"]:
        assert name in finished.err


def test_the_file_is_sorted_and_ends_with_a_newline(project):
    project.lock()
    text = project.file.read_text()
    assert text.endswith("}\n") and not text.endswith("\n\n")
    assert json.dumps(json.loads(text), indent=2) + "\n" == text
    assert list(project.facts) == sorted(project.facts)


def test_a_plan_reads_the_file_and_says_so(project, world):
    project.lock()
    finished = project.run("plan")
    for fact in [f"{world.host}/tool:1.0", "openai/codex", "publisher.extension"]:
        assert any(fact in line and "as envd.lock says" in line for line in finished.out.splitlines()), finished
    assert "/tool/bin" in finished.out and "rust-v1.2.3" in finished.out


def test_a_file_that_is_up_to_date_is_not_touched(project, world):
    project.lock()
    before, asked = project.file.stat(), len(world.requests)
    finished = project.lock()
    after = project.file.stat()
    assert (finished.status, finished.err) == (0, "envd.lock is up to date\n")
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert len(world.requests) == asked


def test_known_facts_are_kept_and_only_missing_ones_are_asked_for(project, world):
    project.lock()
    del world.requests[:]
    world.image("tool", "1.0", {"Env": ["PATH=/new"]})
    world.image("other", "2", {"User": "other"})
    program = (project.folder / "build.envd").read_text()
    project.write(program + f'\ndef serve():\n    base(image="{world.host}/other:2")\n')
    finished = project.lock("--from", ":build", "--from", "build.envd:serve")
    assert finished.status == 0, finished
    assert f"new: image {world.host}/other:2" in finished.err
    assert {path.split("/")[2] for path in world.paths() if path.startswith("/v2/")} == {"other"}
    assert project.facts["images"][f"{world.host}/tool:1.0"]["User"] == "worker"
    assert project.facts["images"][f"{world.host}/other:2"]["User"] == "other"


def test_update_asks_again_for_everything(project, world):
    project.lock()
    world.image("tool", "1.0", {"Env": ["PATH=/new"]})
    world.releases["openai/codex"] = [{"tag_name": "rust-v2"}]
    finished = project.lock("--update")
    assert finished.status == 0, finished
    assert f"changed: image {world.host}/tool:1.0" in finished.err
    assert project.facts["images"][f"{world.host}/tool:1.0"]["Env"] == ["PATH=/new"]
    assert project.facts["releases"] == {"openai/codex": "rust-v2"}


def test_facts_that_nothing_needs_are_dropped(project, world):
    project.lock()
    project.write(f'def build():\n    base(image="{world.host}/tool:1.0", dev=True)\n')
    finished = project.lock()
    assert finished.status == 0
    assert "dropped, since nothing needs it: release openai/codex" in finished.err
    assert list(project.facts) == ["images"]


def test_facts_written_by_hand_are_kept_while_they_are_needed(project, world):
    by_hand = {
        "images": {f"{world.host}/*": {"Env": ["PATH=/mine"]}, "unused/*": {"User": "nobody"}},
        "git": {"https://example.com/library": "library"},
        "releases": {"openai/codex": "mine"},
    }
    project.file.write_text(json.dumps(by_hand))
    (project.folder / "library").mkdir()
    (project.folder / "library" / "a.envd").write_text("A = 1\n")
    program = (project.folder / "build.envd").read_text()
    project.write('library = include("https://example.com/library")\n' + program)
    assert project.lock().status == 0
    assert project.facts["images"] == {
        f"{world.host}/*": {"Env": ["PATH=/mine"], "Entrypoint": [], "User": "", "WorkingDir": ""}
    }
    assert project.facts["git"] == by_hand["git"] and project.facts["releases"] == by_hand["releases"]
    assert project.lock("--update").status == 0
    assert project.facts["images"][f"{world.host}/*"]["Env"] == ["PATH=/mine"]
    assert project.facts["git"] == by_hand["git"]
    assert project.facts["releases"] == {"openai/codex": "rust-v1.2.3"}


def test_check_tells_whether_the_file_is_up_to_date(project, world):
    finished = project.lock("--check")
    assert finished.status == 1
    assert f"build.envd:2:5: image {world.host}/tool:1.0 is not in the file" in finished.err
    assert "build.envd:4:5: release openai/codex is not in the file" in finished.err
    assert not project.file.exists() and world.requests == []
    project.lock()
    asked = len(world.requests)
    assert project.lock("--check").status == 0
    assert len(world.requests) == asked
    text = project.file.read_text()
    project.write(f'def build():\n    base(image="{world.host}/tool:1.0", dev=True)\n')
    finished = project.lock("--check")
    assert finished.status == 1 and "dropped" in finished.err
    world.image("tool", "1.0", {"Env": ["PATH=/new"]})
    project.write(PROGRAM.format(host=world.host))
    assert project.lock("--check").status == 0
    assert project.lock("--check", "--update").status == 1
    assert project.file.read_text() == text


def test_offline_takes_what_this_machine_knows(project, world):
    finished = project.lock("--offline")
    assert finished.status == 2 and world.requests == []
    assert f"image {world.host}/tool:1.0: nothing on this machine knows it" in finished.err
    assert not project.file.exists()
    project.lock()
    written = project.file.read_text()
    project.file.unlink()
    del world.requests[:]
    finished = project.lock("--offline")
    assert finished.status == 0, finished
    assert project.file.read_text() == written and world.requests == []


def test_the_cache_serves_programs_without_a_lock_file(project, world):
    project.lock()
    project.file.unlink()
    out = project.run("plan").out
    assert "facts.json says" in out and "/tool/bin" in out
    # What is in a test's plan must not depend on the machine, and what is broken is said.
    (project.folder / "home/.cache/envd-tools/facts.json").write_text("{")
    assert project.run("plan").fails_with_one_line("facts.json", "not valid JSON")


def test_a_program_that_asks_for_nothing_has_the_usual_image(project, world):
    project.write("def build():\n    pass\n")
    world.image("library/ubuntu", "22.04", {"Env": ["PATH=/hub"]})
    finished = project.lock()
    assert finished.status == 0, finished
    assert list(project.facts["images"]) == ["docker.io/library/ubuntu:22.04"]


def test_an_error_in_the_program_is_a_finding_and_nothing_is_written(project):
    project.write("def build():\n    base(image=1)\n")
    finished = project.lock()
    assert finished.status == 1
    assert "build.envd:2:5: base: image must be a string" in finished.err
    assert not project.file.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["nowhere"],
        ["--from", "a:b:c"],
        ["--from", "other.envd"],
        ["--timeout", "0"],
        ["--timeout", "nan"],
        ["--platform", "linux"],
        ["--platform", "Linux/AMD64"],
        ["--update", "--offline"],
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_2(project, world, arguments):
    assert project.lock(*arguments).fails_with_one_line()
    assert not project.file.exists() and world.requests == []


@pytest.mark.parametrize("content", ["", "{", "[]", '{"images": {"a": 1}}', '{"commits": {"x": "../.."}}', DEEP])
def test_a_broken_file_is_said_and_left_alone(project, world, content):
    project.file.write_text(content)
    assert project.lock().fails_with_one_line("cannot use 'envd.lock'")
    assert project.file.read_text() == content and world.requests == []


# Registries


def test_anonymous_access_gets_a_token_for_the_repository(project, world):
    project.lock()
    tokens = [path for _, path, _ in world.requests if path.startswith("/token")]
    assert tokens == ["/token?service=test&scope=repository%3Atool%3Apull"]
    sent = {path: headers.get("Authorization") for _, path, headers in world.requests}
    assert sent[tokens[0]] is None
    assert sent["/v2/tool/manifests/1.0"].startswith("Bearer tool-")


def test_docker_hub_is_asked_for_names_without_a_host(project, world):
    world.image("library/ubuntu", "22.04", {"User": "hub"})
    world.image("someone/else", "latest", {"User": "else"})
    assert project.image("ubuntu:22.04").status == 0
    assert project.facts["images"]["docker.io/library/ubuntu:22.04"]["User"] == "hub"
    assert project.image("someone/else").status == 0
    assert project.facts["images"]["docker.io/someone/else:latest"]["User"] == "else"


@pytest.mark.parametrize("docker", [False, True])
def test_the_image_for_the_platform_is_taken_from_an_index(project, world, docker):
    configs = {"amd64": {"User": "amd"}, "arm64/v8": {"User": "arm"}, "arm/v7": {"User": "v7"}}
    index = world.index("many", "1", configs, docker)
    host = f"{world.host}/many:1"
    assert project.image(host).status == 0
    assert project.facts["images"][host]["User"] == "amd"
    assert project.facts["images"][host]["digest"] == index["digest"]
    for platform, user in [("linux/arm64", "arm"), ("linux/arm/v7", "v7"), ("linux/amd64", "amd")]:
        assert project.lock("--update", "--platform", platform).status == 0
        assert project.facts["images"][host]["platform"] == platform
        assert project.facts["images"][host]["User"] == user


def test_the_platform_of_the_file_is_kept(project, world):
    world.index("many", "1", {"amd64": {"User": "amd"}, "arm64": {"User": "arm"}})
    project.image(f"{world.host}/many:1")
    assert project.lock("--update", "--platform", "linux/arm64").status == 0
    assert project.lock("--update").status == 0
    assert project.facts["images"][f"{world.host}/many:1"]["User"] == "arm"


def test_another_platform_is_asked_for_anew(project, world):
    world.index("many", "1", {"amd64": {"User": "amd"}, "arm64": {"User": "arm"}})
    host = f"{world.host}/many:1"
    project.image(host)
    assert project.lock("--check", "--platform", "linux/arm64").status == 1
    assert project.facts["images"][host]["User"] == "amd"
    assert project.lock("--offline", "--platform", "linux/arm64").status == 2
    assert project.lock("--platform", "linux/arm64").status == 0
    assert project.facts["images"][host]["User"] == "arm"
    by_hand = {"images": {host: {"User": "mine"}}}
    project.file.write_text(json.dumps(by_hand))
    assert project.lock("--platform", "linux/arm64").status == 0
    assert project.facts["images"][host]["User"] == "mine"


def test_an_image_for_other_platforms_is_a_finding(project, world):
    world.index("many", "1", {"arm64/v8": {}, "s390x": {}})
    finished = project.image(f"{world.host}/many:1")
    assert finished.status == 1
    assert "is not for linux/amd64, only for linux/arm64/v8, linux/s390x" in finished.err
    assert finished.err.startswith("build.envd:2:5: image ")


def test_docker_manifests_and_digests(project, world):
    found = world.image("old", "1", {"Entrypoint": ["/entry"], "WorkingDir": "/srv", "Env": None}, docker=True)
    reference = f"{world.host}/old@{found['digest']}"
    assert project.image(reference).status == 0
    image = project.facts["images"][reference]
    assert (image["Entrypoint"], image["WorkingDir"], image["Env"]) == (["/entry"], "/srv", [])


def test_an_image_without_a_config_of_its_own(project, world):
    world.image("bare", "1", None)
    assert project.image(f"{world.host}/bare:1").status == 0


def test_what_is_not_there_is_a_finding_with_its_place(project, world):
    finished = project.image(f"{world.host}/nothing:1")
    assert finished.status == 1
    assert finished.err.startswith(f"build.envd:2:5: image {world.host}/nothing:1: ")
    assert "answered 404" in finished.err and "there is none" in finished.err
    assert not project.file.exists()


def test_missing_releases_and_extensions_are_findings_with_their_places(project, world):
    del world.releases["openai/codex"], world.extensions["publisher.extension"]
    finished = project.lock()
    assert finished.status == 1
    assert "build.envd:3:5: extension publisher.extension: Open VSX has no such extension" in finished.err
    assert "build.envd:4:5: release openai/codex: " in finished.err
    world.extensions["publisher.extension"] = {"alpine-x64": "https://example.com/x.vsix"}
    world.releases["openai/codex"] = [{"tag_name": "v1", "prerelease": True}]
    finished = project.lock()
    assert finished.status == 1
    assert "neither a draft nor a preview" in finished.err and "no such extension" in finished.err


def test_github_gets_the_token_and_nobody_else(project, world):
    assert project.lock(GITHUB_TOKEN="secret-token").status == 0
    holders = {path for _, path, headers in world.requests if "secret-token" in str(headers)}
    assert holders == {"/repos/openai/codex/releases?per_page=10"}
    world.route(
        "/repos/openai/codex/releases",
        lambda request: request.answer(403, {"message": "rate limit"}, X_RateLimit_Remaining="0"),
    )
    finished = project.lock("--update")
    assert finished.status == 2 and "set GITHUB_TOKEN" in finished.err and "rate limit" in finished.err


# Logins


def login(project, configuration):
    folder = project.folder / "docker"
    folder.mkdir(exist_ok=True)
    (folder / "config.json").write_text(json.dumps(configuration))
    project.environment["DOCKER_CONFIG"] = str(folder)


def helper(project, name, script):
    folder = project.folder / "bin"
    folder.mkdir(exist_ok=True)
    program = folder / f"docker-credential-{name}"
    program.write_text("#!/bin/sh\n" + script)
    program.chmod(0o755)
    project.environment["PATH"] = f"{folder}:/usr/bin:/bin"


@pytest.fixture
def private(project, world):
    """The reference of an image that only `me` may see."""
    world.image("private", "1", {"User": "secret"})
    world.private["private"] = ("me", "pass:word")
    return f"{world.host}/private:1"


AUTH = base64.b64encode(b"me:pass:word").decode()


def test_a_private_image_needs_a_login(project, private):
    finished = project.image(private)
    assert finished.status == 2
    assert "the login is not accepted" in finished.err and "docker login" in finished.err


def test_a_login_from_dockers_configuration(project, world, private):
    login(project, {"auths": {world.host: {"auth": AUTH}, "other.example": {"auth": "!"}}})
    assert project.image(private).status == 0
    assert project.facts["images"][private]["User"] == "secret"
    holders = [path for _, path, headers in world.requests if "Basic" in headers.get("Authorization", "")]
    assert [path.split("?")[0] for path in holders] == ["/token"]


def test_the_configuration_in_the_home_directory_and_keys_with_a_scheme(project, world, private):
    folder = project.folder / "home" / ".docker"
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps({"auths": {f"https://{world.host}/v1/": {"auth": AUTH}}}))
    assert project.image(private).status == 0


def test_docker_hub_has_a_name_of_its_own_in_the_configuration(project, world):
    world.image("me/private", "1", {})
    world.private["me/private"] = ("me", "pass:word")
    login(project, {"auths": {"https://index.docker.io/v1/": {"auth": AUTH}}})
    assert project.image("me/private:1").status == 0


def test_basic_authentication(project, world, private):
    world.wants_basic = True
    finished = project.image(private)
    assert finished.status == 2 and "wants a login and there is none" in finished.err
    login(project, {"auths": {world.host: {"auth": AUTH}}})
    assert project.image(private).status == 0


def test_an_identity_token(project, world, private):
    world.identity_tokens["private"] = {"refresh-me"}
    login(project, {"auths": {world.host: {"identitytoken": "refresh-me"}}})
    assert project.image(private).status == 0
    assert [command for command, path, _ in world.requests if path == "/token"] == ["POST"]


@pytest.mark.parametrize("kind", ["credHelpers", "credsStore"])
def test_a_credential_helper(project, world, private, kind):
    script = """\
test "$1" = get && cat >"$(dirname "$0")/asked"
echo '{"ServerURL": "x", "Username": "me", "Secret": "pass:word"}'
"""
    helper(project, "test", script)
    login(project, {kind: {world.host: "test"} if kind == "credHelpers" else "test"})
    assert project.image(private).status == 0
    assert (project.folder / "bin" / "asked").read_text() == world.host


def test_a_helper_that_hands_out_an_identity_token(project, world, private):
    world.identity_tokens["private"] = {"refresh-me"}
    helper(project, "test", """echo '{"Username": "<token>", "Secret": "refresh-me"}'\n""")
    login(project, {"credsStore": "test"})
    assert project.image(private).status == 0


def test_a_helper_without_a_login_leaves_us_anonymous(project, world):
    helper(project, "test", "echo credentials not found in native keychain\nexit 1\n")
    login(project, {"credsStore": "test"})
    assert project.image(f"{world.host}/tool:1.0").status == 0


@pytest.mark.parametrize(
    "script, words",
    [
        ("echo locked >&2\nexit 1\n", "locked"),
        ("exit 3\n", "no reason given"),
        ("echo not json\n", "is no login"),
        ("echo '{}'\n", "is no login"),
        ("yes\n", "prints more than"),
        ("kill -9 $$\n", "no reason given"),
    ],
)
def test_a_broken_helper_is_said(project, world, private, script, words):
    helper(project, "test", script)
    login(project, {"credHelpers": {world.host: "test"}})
    finished = project.image(private)
    assert finished.status == 2 and words in finished.err and "docker-credential-test" in finished.err


@pytest.mark.parametrize("name", ["../evil", "/bin/sh", "absent"])
def test_a_helper_is_a_program_of_that_name_on_the_path(project, world, private, name):
    login(project, {"credHelpers": {world.host: name}})
    finished = project.image(private)
    assert finished.status == 2 and ("no program" in finished.err)


@pytest.mark.parametrize("content", ["{", "[]", '{"auths": 1}', DEEP])
def test_a_broken_docker_configuration_is_said(project, content):
    login(project, {})
    (project.folder / "docker" / "config.json").write_text(content)
    assert project.lock().fails_with_one_line("config.json", "is no configuration of docker's")


@pytest.mark.parametrize("auth", ["!!!", base64.b64encode(b"no colon").decode(), base64.b64encode(b"\xff:x").decode()])
def test_a_broken_login_is_said(project, world, private, auth):
    login(project, {"auths": {world.host: {"auth": auth}}})
    finished = project.image(private)
    assert finished.status == 2 and "USER:PASSWORD" in finished.err


# Redirections


def test_a_blob_store_gets_no_secrets(project, world, private):
    login(project, {"auths": {world.host: {"auth": AUTH}}})
    with World() as store:
        for name, content in world.blobs.items():
            store.blobs[name] = content
            store.route(f"/store/{name}", lambda request, content=content: request.answer(200, content))
            world.route(
                f"/v2/private/blobs/{name}",
                lambda request, name=name: request.answer(307, b"", Location=f"{store.url}/store/{name}"),
            )
        assert project.image(private).status == 0
        assert project.facts["images"][private]["User"] == "secret"
        assert len(store.requests) == 1
        assert all("Authorization" not in headers for _, _, headers in store.requests)


@pytest.mark.parametrize(
    "place, words",
    [
        ("/v2/tool/manifests/1.0", "redirects without end"),
        ("http://example.com/", "not encrypted"),
        ("file:///etc/passwd", "names no host"),
        ("ftp://localhost/x", "neither https nor http"),
        ("http://user:password@localhost/", "user's name"),
    ],
)
def test_redirections_that_are_not_followed(project, world, place, words):
    world.route("/v2/tool/manifests/1.0", lambda request: request.answer(302, b"", Location=place))
    finished = project.image(f"{world.host}/tool:1.0")
    assert finished.status == 2 and words in finished.err


# Slow, broken, huge and hostile answers


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_passing_failure_is_tried_again(project, world, status):
    headers = {"Retry_After": "0"} if status == 429 else {}

    def twice(request):
        if request.attempt > 2:
            return False
        request.answer(status, {}, **headers)

    world.route("/v2/tool/manifests/1.0", twice)
    assert project.image(f"{world.host}/tool:1.0").status == 0


@pytest.mark.parametrize(
    "status, words",
    [
        (500, "answered 500"),
        (403, "private or does not exist"),
        (418, "answered 418"),
        (429, "asks to wait 3600 seconds"),
    ],
)
def test_a_lasting_failure_is_said(project, world, status, words):
    def refuse(request):
        request.answer(status, {"errors": [{"code": "X", "message": "go \x1b[31maway"}]}, Retry_After="3600")

    world.route("/v2/tool/manifests/1.0", refuse)
    finished = project.image(f"{world.host}/tool:1.0")
    assert finished.status == 2
    assert words in finished.err and "\x1b" not in finished.err
    assert "left as it is" in finished.err


def test_a_connection_that_breaks_is_tried_again(project, world):
    def hang_up(request):
        if request.attempt > 1:
            return False
        request.close_connection = True
        request.connection.shutdown(socket.SHUT_RDWR)

    world.route("/v2/tool/manifests/1.0", hang_up)
    assert project.image(f"{world.host}/tool:1.0").status == 0


def test_nobody_at_home(project):
    port = closed_port()
    finished = project.image(f"127.0.0.1:{port}/tool:1")
    assert finished.status == 2
    assert f"http://127.0.0.1:{port} cannot be asked: connection refused" in finished.err


def test_a_server_that_never_answers(project, world):
    over = threading.Event()
    world.route("/v2/tool/manifests/1.0", lambda request: over.wait(60))
    try:
        project.write(f'def build():\n    base(image="{world.host}/tool:1.0")\n')
        finished = project.lock("--timeout", "1")
        assert finished.status == 2
        assert "took longer than 1 seconds" in finished.err and "--timeout" in finished.err
    finally:
        over.set()


def endless(request):
    request.send_response(200)
    request.send_header("Content-Type", OCI_MANIFEST)
    request.end_headers()
    while True:
        request.wfile.write(b" " * 65536)


def many_headers(request):
    request.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        request.wfile.write(b"X-More: " + b"y" * 1000 + b"\r\n")


def long_header(request):
    request.wfile.write(b"HTTP/1.1 200 OK\r\nX-More: ")
    while True:
        request.wfile.write(b"y" * 65536)


def truncated(request):
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    request.wfile.write(b"{")
    request.close_connection = True


def garbage(request):
    request.wfile.write(b"\x00\xff not http at all\r\n\r\n")
    request.close_connection = True


def page(request):
    request.answer(200, b"<html>Please log in to this hotel's network</html>", "text/html")


@pytest.mark.parametrize(
    "answer, words",
    [
        (endless, "is longer than"),
        (many_headers, "cannot be asked"),
        (long_header, "cannot be asked"),
        (truncated, "cannot be asked"),
        (garbage, "cannot be asked"),
        (page, "not the manifest of an image but text/html"),
        (lambda request: request.answer(200, b""), "not the manifest"),
        (lambda request: request.answer(200, b"{}"), "unknown type"),
        (lambda request: request.answer(200, b"[" * 1_000_000), "not the manifest"),
        (lambda request: request.answer(200, b'{"a":' * 500_000), "not the manifest"),
        (lambda request: request.answer(200, {"schemaVersion": 1, "fsLayers": []}), "the old schema 1"),
        (lambda request: request.answer(200, {"config": {"digest": "sha256:1", "size": 1}}), "no sha256 digest"),
        (lambda request: request.answer(200, {"config": {"digest": "../../x", "size": 1}}), "no sha256 digest"),
        (lambda request: request.answer(200, {"config": {"digest": 1, "size": "x"}}), "not the manifest"),
        (lambda request: request.answer(200, {"manifests": []}), "only for none"),
        (lambda request: request.answer(200, b"{}", Docker_Content_Digest=digest(b"x")), "is not what it promised"),
        (lambda request: request.answer(401, {}), "wants a login"),
        (lambda request: request.answer(401, {}, WWW_Authenticate="Bearer"), "does not say from where"),
        (
            lambda request: request.answer(401, {}, WWW_Authenticate='Bearer realm="http://example.com/"'),
            "not encrypted",
        ),
        (lambda request: request.answer(401, {}, WWW_Authenticate='Bearer realm="file:///etc/passwd"'), "no host"),
    ],
)
def test_answers_that_are_no_manifest(project, world, answer, words):
    world.route("/v2/tool/manifests/1.0", answer)
    finished = project.image(f"{world.host}/tool:1.0")
    assert finished.status in (1, 2), finished
    assert words in finished.err, finished
    assert not project.file.exists()


@pytest.mark.parametrize("answer", [{}, [], {"token": ""}, {"token": "a\r\nX-Evil: b"}, {"token": 1}])
def test_answers_that_are_no_token(project, world, answer):
    world.route("/token", lambda request: request.answer(200, answer))
    finished = project.image(f"{world.host}/tool:1.0")
    assert finished.status == 2 and "token" in finished.err, finished


def test_a_token_that_is_not_accepted_is_not_asked_for_again(project, world):
    world.route("/token", lambda request: request.answer(200, {"token": "wrong"}))
    finished = project.image(f"{world.host}/tool:1.0")
    assert finished.status == 2 and "answered 401" in finished.err
    assert world.paths().count("/token") == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body + b" ",
        lambda body: body.replace(b"worker", b"hacker"),
        lambda body: b"",
        lambda body: body[:-1],
    ],
)
def test_a_config_must_be_what_was_promised(project, world, change):
    for name, content in world.blobs.items():
        world.route(f"/v2/tool/blobs/{name}", lambda request, body=change(content): request.answer(200, body))
    finished = project.image(f"{world.host}/tool:1.0")
    assert finished.status == 2
    assert "instead of" in finished.err or "is not what it promised" in finished.err


def test_a_manifest_must_be_what_the_index_promised(project, world):
    index = world.index("many", "1", {"amd64": {"User": "honest"}})
    other = world.image("many", "other", {"User": "forged"})
    honest = json.loads(world.manifests["many", index["digest"]][0])["manifests"][0]["digest"]
    world.manifests["many", honest] = world.manifests["many", other["digest"]]
    finished = project.image(f"{world.host}/many:1")
    assert finished.status == 2, finished


def test_an_index_of_indexes_is_refused(project, world):
    inner = world.index("many", "inner", {"amd64": {}})
    outer = {"mediaType": OCI_INDEX, "manifests": [inner | {"platform": {"os": "linux", "architecture": "amd64"}}]}
    world.manifest("many", outer, OCI_INDEX, "1")
    finished = project.image(f"{world.host}/many:1")
    assert finished.status == 2 and "index of indexes" in finished.err


def test_what_is_no_image_is_refused(project, world):
    body = encode({})
    config = {"mediaType": "application/vnd.oci.empty.v1+json", "digest": world.blob(body), "size": len(body)}
    world.manifest("chart", {"schemaVersion": 2, "config": config}, DOCKER_MANIFEST, "1")
    finished = project.image(f"{world.host}/chart:1")
    assert finished.status == 2 and "is no image but application/vnd.oci.empty.v1+json" in finished.err


@pytest.mark.parametrize("config", [{"Env": "PATH=/bin"}, {"Env": [1]}, {"User": 0}, {"Entrypoint": "/bin/sh"}, []])
def test_a_config_of_another_shape_is_refused(project, world, config):
    world.image("odd", "1", config)
    finished = project.image(f"{world.host}/odd:1")
    assert finished.status == 2 and "not the config of an image" in finished.err


def test_control_characters_of_a_config_stay_within_the_file(project, world):
    world.image("odd", "1", {"Env": ["A=\x1b[31m\u202e\n"]})
    finished = project.image(f"{world.host}/odd:1")
    assert finished.status == 0
    assert project.facts["images"][f"{world.host}/odd:1"]["Env"] == ["A=\x1b[31m\u202e\n"]
    assert b"\x1b" not in project.file.read_bytes() and b"\x1b" not in finished.stderr


@pytest.mark.parametrize("answer", [{}, [], [1], [{"tag_name": "a b"}], [{"tag_name": "x\u001b"}], "[" * 1000])
def test_answers_that_are_no_releases(project, world, answer):
    world.releases["openai/codex"] = answer
    project.write("def build():\n    base(dev=True)\n    install.codex()\n")
    world.image("library/ubuntu", "22.04", {})
    finished = project.lock()
    assert finished.status in (1, 2) and "release openai/codex" in finished.err


def test_one_failure_tells_of_all_and_writes_nothing(project, world):
    project.lock()
    before = project.file.read_text()
    del world.releases["openai/codex"]
    world.route("/v2/tool/manifests/1.0", lambda request: request.answer(500, {}))
    finished = project.lock("--update")
    assert finished.status == 2
    assert "release openai/codex: " in finished.err and "image " in finished.err
    assert "'envd.lock' is left as it is: 2 facts could not be had" in finished.err
    assert project.file.read_text() == before


def test_encrypted_registries_must_be_vouched_for(project, tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2"]
    subprocess.run(
        [*command, *subject, "-keyout", key, "-out", certificate], check=True, capture_output=True, timeout=60
    )
    with World((certificate, key)) as safe:
        safe.needs_token = False
        safe.image("library/tool", "1", {"User": "safe"})
        url = f"https://localhost:{safe.port}"
        project.write("def build():\n    base(image='tool:1')\n")
        finished = project.lock(ENVD_LOCK_DOCKER_HUB_URL=url)
        assert finished.status == 2 and "vouches for the server's certificate" in finished.err
        # The certificate is for the name only.
        trusting = {"SSL_CERT_FILE": str(certificate)}
        finished = project.lock(ENVD_LOCK_DOCKER_HUB_URL=f"https://127.0.0.1:{safe.port}", **trusting)
        assert finished.status == 2, finished
        finished = project.lock(ENVD_LOCK_DOCKER_HUB_URL=url, **trusting)
        assert finished.status == 0, finished
        assert project.facts["images"]["docker.io/library/tool:1"]["User"] == "safe"


def test_what_is_not_encrypted_is_asked_only_where_that_is_allowed(project, world):
    finished = project.lock(ENVD_LOCK_GITHUB_URL="http://example.invalid")
    assert finished.status == 2 and "is not encrypted" in finished.err
    with World() as plain:
        plain.image("tool", "1", {"User": "plain"})
        # A name that is not this machine's, so that only the option allows it; a proxy leads there.
        project.write("def build():\n    base(image='registry.invalid:5000/tool:1')\n")
        finished = project.lock("--insecure-registry", "registry.invalid:5000", http_proxy=plain.url)
        assert finished.status == 0, finished
        assert plain.requests[0][:2] == ("CONNECT", "registry.invalid:5000")
        assert project.facts["images"]["registry.invalid:5000/tool:1"]["User"] == "plain"
        finished = project.lock("--update", http_proxy=plain.url)
        assert finished.status == 2 and "https://registry.invalid:5000" in finished.err, finished


# Git


@pytest.fixture
def library(project, world):
    """The URL of a repository that the program includes, and its first commit."""
    commit = world.repository("library", {"tools.envd": "def tools():\n    run(['first'])\n", "docs/README.md": "x"})
    url = f"{world.url}/git/library.git"
    project.write(f"library = include({url!r})\ndef build():\n    base(dev=True)\n    library.tools()\n")
    world.image("library/ubuntu", "22.04", {})
    return url, commit


def test_an_included_library_is_fetched_at_a_commit(project, world, library):
    url, commit = library
    finished = project.run("plan")
    assert finished.status == 1 and "run 'envd lock'" in finished.err
    assert project.lock().status == 0
    assert project.facts["commits"] == {url.removesuffix(".git"): commit}
    out = project.run("plan").out
    assert "first" in out and f"{url}: as envd.lock says" in out
    world.repository("library", {"tools.envd": "def tools():\n    run(['second'])\n"})
    assert project.lock().status == 0
    assert "first" in project.run("plan").out
    assert project.lock("--update").status == 0
    assert project.facts["commits"] != {url.removesuffix(".git"): commit}
    assert "second" in project.run("plan").out


def test_a_library_that_is_not_there_is_said_to_each_test_that_asks(project):
    program = "def library():\n    include('https://example.com/library')\n"
    tests = "".join(f"\ndef test_{name}():\n    plan(library)\n" for name in ("one", "two"))
    (project.folder / "library_test.envd").write_text(program + tests)
    finished = project.run("test")
    assert finished.status == 1
    assert "the content of https://example.com/library is not known" in finished.out
    assert "2 failed" in finished.out and "includes itself" not in finished.out, finished


def test_another_machine_fetches_the_commit_of_the_file(project, world, library):
    url, commit = library
    project.lock()
    written = project.file.read_text()
    world.repository("library", {"tools.envd": "def tools():\n    run(['second'])\n"})
    project.environment["HOME"] = str(project.folder / "elsewhere")
    finished = project.run("plan")
    assert finished.status == 1 and f"at commit {commit} is not on this machine: run 'envd lock'" in finished.err
    finished = project.lock("--offline")
    assert finished.status == 2 and "nothing on this machine knows it" in finished.err
    assert project.lock("--check").status == 0
    assert "first" in project.run("plan").out
    assert project.file.read_text() == written


def test_only_envd_files_are_taken_and_nothing_is_run(project, world, library):
    url, _ = library
    tree = pathlib.Path(world.folder, "library.tree")
    (tree / ".gitattributes").write_text("*.envd filter=evil\n")
    (tree / ".gitmodules").write_text('[submodule "x"]\n\tpath = x\n\turl = ext::touch evil\n')
    os.symlink("/etc/passwd", tree / "link.envd")
    (tree / "deep").mkdir()
    world.repository("library", {"deep/more.envd": "MORE = 1\n"})
    assert project.lock().status == 0
    cache = project.folder / "home/.cache/envd-tools/repositories"
    files = sorted(str(path.relative_to(cache)).split("/", 1)[1] for path in cache.rglob("*") if not path.is_dir())
    assert files == ["deep/more.envd", "tools.envd"]
    assert [path.name for path in cache.iterdir()] == list(project.facts["commits"].values())


def test_a_library_may_include_another(project, world, library):
    inner = world.repository("inner", {"inner.envd": "def deep():\n    run(['deep'])\n"})
    text = f"inner = include('{world.url}/git/inner')\ndef tools():\n    inner.deep()\n"
    world.repository("library", {"tools.envd": text})
    assert project.lock().status == 0
    assert project.facts["commits"][f"{world.url}/git/inner"] == inner
    assert "deep" in project.run("plan").out


@pytest.mark.parametrize(
    "url",
    [
        "--upload-pack=touch evil",
        "ext::touch evil",
        "file:///tmp",
        "/tmp",
        "ssh://-oProxyCommand=touch%20evil/x",
        "http://example.invalid/x",
        "git://127.0.0.1/x",
    ],
)
def test_hostile_addresses_are_refused(project, world, url):
    project.write(f"include({url!r})\ndef build():\n    pass\n")
    finished = project.lock()
    assert finished.status in (1, 2) and "build.envd:1:1: " in finished.err, finished
    assert world.requests == []
    assert sorted(os.listdir(project.folder)) == ["build.envd"]


def test_a_repository_that_is_not_there(project, world):
    project.write(f"include('{world.url}/git/absent')\ndef build():\n    pass\n")
    finished = project.lock()
    assert finished.status == 1 and "build.envd:1:1: repository " in finished.err and "not found" in finished.err


def test_a_private_repository_asks_nobody(project, world):
    world.route("/git/closed/info/refs", lambda request: request.answer(401, b"", WWW_Authenticate='Basic realm="x"'))
    project.write(f"include('{world.url}/git/closed')\ndef build():\n    pass\n")
    finished = project.lock()
    assert finished.status == 2 and "private or does not exist" in finished.err


def test_a_repository_that_never_answers(project, world):
    over = threading.Event()
    world.route("/git/slow/info/refs", lambda request: over.wait(60))
    project.write(f"include('{world.url}/git/slow')\ndef build():\n    pass\n")
    try:
        finished = project.lock("--timeout", "1")
        assert finished.status == 2 and "took longer than 1 seconds" in finished.err, finished
    finally:
        over.set()
    assert list((project.folder / "home/.cache/envd-tools/repositories").iterdir()) == []


def test_a_commit_that_is_gone(project, world, library):
    url, _ = library
    project.file.write_text(json.dumps({"commits": {url.removesuffix(".git"): "1" * 40}}))
    finished = project.lock()
    assert finished.status in (1, 2) and "1" * 40 in finished.err


def test_what_a_killed_process_left_behind_is_removed(project, library):
    cache = project.folder / "home/.cache/envd-tools/repositories"
    gone = subprocess.Popen(["true"])
    gone.wait()
    abandoned = cache / f".new-{gone.pid}-1"
    busy = cache / f".new-{os.getpid()}-1"
    for folder in (abandoned, busy):
        folder.mkdir(parents=True)
    assert project.lock().status == 0
    assert not abandoned.exists() and busy.exists()


# People


def test_a_terminal_shows_what_is_waited_for(project, world):
    seen = on_terminal(
        ["lock"],
        project.folder,
        shows_errors=True,
        **{name: value for name, value in project.environment.items() if name not in ("PATH", "LC_ALL")},
    ).decode()
    assert "asking for" in seen and "\x1b[K" in seen
    assert "release openai/codex: rust-v1.2.3" in seen and seen.rstrip().endswith("wrote envd.lock")


def test_an_interrupt_leaves_the_old_file(project, world):
    project.lock()
    before = project.file.read_bytes()
    asked, over = threading.Event(), threading.Event()

    def hold(request):
        asked.set()
        over.wait(60)

    world.route("/v2/tool/manifests/1.0", hold)
    # A shell that runs the tests in the background has them ignore interrupts, and so would their processes.
    process = subprocess.Popen(
        [BINARY, "lock", "--update"],
        cwd=project.folder,
        env=project.environment,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        assert asked.wait(60)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == -signal.SIGINT
    finally:
        over.set()
        process.kill()
    assert project.file.read_bytes() == before
    assert sorted(os.listdir(project.folder)) == ["build.envd", "envd.lock", "home"]


def test_somebody_elses_change_survives(project, world):
    project.lock()

    def meddle(request):
        project.file.write_text("{}\n")
        return False

    world.image("tool", "1.0", {"Env": ["PATH=/new"]})
    world.route("/v2/tool/manifests/1.0", meddle)
    finished = project.lock("--update")
    assert finished.status == 2 and "changed by somebody else" in finished.err
    assert project.file.read_text() == "{}\n"


# No network


def test_a_plan_opens_no_socket(project, world, library, tmp_path):
    """With everything locked, and also where facts are missing."""
    preload = tmp_path / "nosocket.c"
    preload.write_text(
        "#include <stdlib.h>\n#include <unistd.h>\n"
        'int socket(int a, int b, int c) { write(2, "SOCKET\\n", 7); abort(); }\n'
    )
    library_file = tmp_path / "nosocket.so"
    compiler = subprocess.run(["cc", "-shared", "-fPIC", "-o", library_file, preload], capture_output=True)
    if compiler.returncode != 0:
        pytest.skip("there is no C compiler to make a guard with")
    guard = {"LD_PRELOAD": str(library_file)}
    assert project.lock(**guard).status not in (0, 1), "the guard does not guard"
    asked = len(world.requests)
    assert project.run("plan", **guard).status == 1
    assert project.lock().status == 0
    del world.requests[asked:]
    for command in (["plan"], ["debug", "llb"], ["lock", "--offline"]):
        finished = project.run(*command, **guard)
        assert finished.status == 0 and "SOCKET" not in finished.err, finished
    project.file.unlink()
    project.environment["HOME"] = str(tmp_path / "other")
    assert project.run("plan", **guard).status == 1
    assert len(world.requests) == asked
