"""A world of one's own on loopback: an image registry with a server of tokens and a store of blobs, GitHub's releases,
Open VSX, and git repositories. Standard library only.

    with World() as world:
        world.image("tool", "1.0", {"Env": ["PATH=/bin"]})
        ... f"{world.host}/tool:1.0" is an image, world.requests says who asked for what ...

What a test wants to go wrong, it says with `world.route(path, function)`: the function answers that path instead, with
the request handler as its argument.
"""

import base64
import hashlib
import http.server
import json
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import urllib.parse

OCI_INDEX = "application/vnd.oci.image.index.v1+json"
OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
OCI_CONFIG = "application/vnd.oci.image.config.v1+json"
DOCKER_INDEX = "application/vnd.docker.distribution.manifest.list.v2+json"
DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json"


def digest(content):
    return "sha256:" + hashlib.sha256(content).hexdigest()


def encode(value):
    return json.dumps(value).encode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 120

    def log_message(self, *arguments):
        pass

    def answer(self, status, body=b"", kind="application/json", **headers):
        body = body if isinstance(body, bytes) else encode(body)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def respond(self):
        world = self.server.world
        parts = urllib.parse.urlsplit(self.path)
        self.query = dict(urllib.parse.parse_qsl(parts.query))
        length = int(self.headers.get("Content-Length") or 0)
        self.body = self.rfile.read(length)
        with world.lock:
            world.requests.append((self.command, self.path, dict(self.headers.items())))
            count = sum(1 for _, path, _ in world.requests if urllib.parse.urlsplit(path).path == parts.path)
        try:
            special = world.routes.get(parts.path)
            if special:
                self.attempt = count
                if special(self) is not False:
                    return
            world.serve(self, parts)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    do_GET = do_POST = respond

    def do_CONNECT(self):
        """As a proxy would: whoever is asked for, it is this world that answers."""
        with self.server.world.lock:
            self.server.world.requests.append(("CONNECT", self.path, dict(self.headers.items())))
        self.send_response(200)
        self.end_headers()
        self.close_connection = False


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request, client_address):
        pass


class World:
    """Also a context manager; `close` ends its servers."""

    def __init__(self, certificate=None):
        self.lock = threading.Lock()
        self.requests, self.routes = [], {}
        self.manifests, self.blobs = {}, {}
        self.releases, self.extensions, self.repositories = {}, {}, {}
        # A repository's name to (user, password); those that are not here are for everybody.
        self.private, self.needs_token, self.wants_basic = {}, True, False
        self.identity_tokens, self.tokens = {}, set()
        self.folder = tempfile.mkdtemp()
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.world = self
        self.scheme = "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
            self.scheme = "https"
        self.port = self.server.server_address[1]
        self.host = f"127.0.0.1:{self.port}"
        self.url = f"{self.scheme}://{self.host}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def route(self, path, function):
        self.routes[path] = function

    def paths(self):
        """What was asked for, without queries."""
        return [urllib.parse.urlsplit(path).path for _, path, _ in self.requests]

    # What there is

    def blob(self, content):
        self.blobs[digest(content)] = content
        return digest(content)

    def manifest(self, name, content, kind, tag=None):
        """Puts a manifest or an index into a repository. Returns a descriptor of it."""
        body = content if isinstance(content, bytes) else encode(content)
        for key in filter(None, [tag, digest(body)]):
            self.manifests[name, key] = (body, kind)
        return {"mediaType": kind, "digest": digest(body), "size": len(body)}

    def image(self, name, tag, config, architecture="amd64", docker=False, **changes):
        """Puts an image for one platform into a repository. Returns a descriptor of its manifest."""
        content = {"architecture": architecture, "os": "linux", "config": config}
        body = encode(content)
        kind, config_kind = (DOCKER_MANIFEST, DOCKER_CONFIG) if docker else (OCI_MANIFEST, OCI_CONFIG)
        manifest = {
            "schemaVersion": 2,
            "mediaType": kind,
            "config": {"mediaType": config_kind, "digest": self.blob(body), "size": len(body)},
            "layers": [],
        } | changes
        return self.manifest(name, manifest, kind, tag)

    def index(self, name, tag, configs, docker=False):
        """Puts an image for several platforms into a repository: configs by `ARCHITECTURE[/VARIANT]`."""
        entries = []
        for platform, config in configs.items():
            architecture, _, variant = platform.partition("/")
            entry = self.image(name, None, config, architecture, docker)
            entry["platform"] = {"os": "linux", "architecture": architecture} | (
                {"variant": variant} if variant else {}
            )
            entries.append(entry)
        attestation = self.image(name, None, {}, "unknown")
        entries.append(attestation | {"platform": {"os": "unknown", "architecture": "unknown"}})
        kind = DOCKER_INDEX if docker else OCI_INDEX
        return self.manifest(name, {"schemaVersion": 2, "mediaType": kind, "manifests": entries}, kind, tag)

    def repository(self, name, files, message="first"):
        """Puts a commit with these files into a git repository. Returns the commit."""
        tree = os.path.join(self.folder, name + ".tree")
        git = ["git", "-C", tree, "-c", "user.name=Test", "-c", "user.email=test@example.com"]
        environment = {"PATH": os.environ["PATH"], "HOME": self.folder, "GIT_CONFIG_NOSYSTEM": "1"}

        def run(*arguments):
            done = subprocess.run([*git, *arguments], env=environment, check=True, capture_output=True, text=True)
            return done.stdout.strip()

        if name not in self.repositories:
            os.makedirs(tree)
            run("init", "--quiet", "--initial-branch=main")
            self.repositories[name] = os.path.join(tree, ".git")
        for path, content in files.items():
            place = os.path.join(tree, path)
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "w") as file:
                file.write(content)
        run("add", "--all")
        run("commit", "--quiet", "--message", message)
        return run("rev-parse", "HEAD")

    # How it answers

    def serve(self, request, url):
        path = urllib.parse.unquote(url.path)
        parts = path.strip("/").split("/")
        if parts[0] == "v2" and len(parts) >= 4:
            return self.serve_registry(request, "/".join(parts[1:-2]), parts[-2], parts[-1])
        if parts[0] == "token":
            return self.serve_token(request)
        if parts[0] == "repos" and parts[3:] == ["releases"]:
            found = self.releases.get("/".join(parts[1:3]))
            return request.answer(200, found) if found is not None else request.answer(404, {"message": "Not Found"})
        if parts[0] == "api" and parts[3:] == ["latest"]:
            found = self.extensions.get(".".join(parts[1:3]))
            return request.answer(200, {"downloads": found}) if found is not None else request.answer(404, {})
        if parts[0] == "git":
            return self.serve_git(request, url)
        request.answer(404, {"errors": [{"code": "NOT_FOUND", "message": "no such page"}]})

    def serve_registry(self, request, name, kind, reference):
        authorization = request.headers.get("Authorization", "")
        login = self.private.get(name)
        if self.wants_basic:
            wanted = "Basic " + base64.b64encode(":".join(login or ()).encode()).decode()
            if login and authorization != wanted:
                return request.answer(401, {}, WWW_Authenticate='Basic realm="registry"')
        elif self.needs_token:
            if authorization not in {f"Bearer {token}" for token in self.tokens if token.startswith(name + "-")}:
                challenge = f'Bearer realm="{self.url}/token",service="test",scope="repository:{name}:pull"'
                return request.answer(401, {"errors": [{"code": "UNAUTHORIZED"}]}, WWW_Authenticate=challenge)
        if kind == "manifests" and (name, reference) in self.manifests:
            body, content_kind = self.manifests[name, reference]
            return request.answer(200, body, content_kind, Docker_Content_Digest=digest(body))
        if kind == "blobs" and reference in self.blobs:
            return request.answer(200, self.blobs[reference], "application/octet-stream")
        code = "MANIFEST_UNKNOWN" if kind == "manifests" else "BLOB_UNKNOWN"
        request.answer(404, {"errors": [{"code": code, "message": "there is none"}]})

    def serve_token(self, request):
        form = dict(urllib.parse.parse_qsl(request.body.decode())) if request.command == "POST" else request.query
        name = form.get("scope", "").split(":")[1] if form.get("scope", "").count(":") == 2 else ""
        login = self.private.get(name)
        if login:
            wanted = "Basic " + base64.b64encode(":".join(login).encode()).decode()
            is_known = form.get("refresh_token") in self.identity_tokens.get(name, ())
            if request.headers.get("Authorization") != wanted and not is_known:
                return request.answer(401, {"errors": [{"code": "UNAUTHORIZED", "message": "who are you?"}]})
        with self.lock:
            token = f"{name}-{len(self.tokens)}"
            self.tokens.add(token)
        request.answer(200, {"token": token, "expires_in": 300})

    def serve_git(self, request, url):
        name, slash, rest = url.path.removeprefix("/git/").partition("/")
        name, rest = name.removesuffix(".git"), slash + rest
        database = self.repositories.get(name)
        if database is None:
            return request.answer(404, b"no such repository", "text/plain")
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": self.folder,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_PROJECT_ROOT": os.path.dirname(database),
            "PATH_INFO": "/.git" + rest,
            "REQUEST_METHOD": request.command,
            "QUERY_STRING": url.query,
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": request.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(request.body)),
            "HTTP_CONTENT_ENCODING": request.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": request.headers.get("Git-Protocol", ""),
        }
        output = subprocess.run(
            ["git", "http-backend"], input=request.body, env=environment, capture_output=True
        ).stdout
        head, _, body = output.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if line)
        request.answer(int(headers.get("Status", "200").split()[0]), body, headers.get("Content-Type", "text/plain"))


def closed_port():
    """A port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
