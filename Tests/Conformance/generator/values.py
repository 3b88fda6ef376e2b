"""What the parameters of the API are given in valid programs: by `function.parameter`, a function that draws a value.

A new parameter needs an entry here; the generator says so if it has none.
"""


class Code(str):
    """A value that can only be written in one way: as this expression."""


#: The files of every project, by path. Those that a random program changes are drawn anew for it.
FILES = {
    "requirements.txt": "numpy\n# a comment\ntorch==2.4.0\n",
    "requirements/dev.txt": "pytest>=8\nruff\n",
    "requirements/all.txt": "-r dev.txt\n",
    "requirements/editable.txt": "-e .\n",
    "requirements/windows.txt": "pandas\r\n\r\nscipy<2\r\n",
    "requirements/empty.txt": "",
    "requirements/local.txt": "./dist/model-1.0-py3-none-any.whl\n",
    "requirements/pinned.txt": 'numpy==2.1.0 ; python_version >= "3.10" # why\nscipy\t\n',
    "environment.yaml": "name: envd\nchannels: [conda-forge]\ndependencies: [python=3.11, numpy]\n",
    "conda/gpu.yml": "dependencies:\n  - cudatoolkit\n",
    "dist/model-1.0-py3-none-any.whl": "",
    "dist/tools-0.3-py3-none-any.whl": "",
    "src/train.py": "print('hello')\n",
    "data/ünïcode.csv": "a,b\n1,2\n",
    "setup.sh": "#!/bin/sh\n",
}
REQUIREMENTS = [path for path in FILES if path.startswith("requirements")] + [
    "./requirements.txt",
    "requirements/../requirements.txt",
    "requirements//dev.txt",
]
LINES = [
    "numpy",
    "torch==2.4.0",
    "",
    "# a comment",
    "pandas>=2,<3",
    "scikit-learn",
    "--extra-index-url https://e.com/x",
    "uvicorn[standard]",
    'importlib-metadata; python_version < "3.8"',
    "git+https://github.com/a/b@main",
    "setup.sh",
    "  padded  ",
    "dist/model-1.0-py3-none-any.whl",
    "-c constraints.txt",
]

PIP = [
    "numpy",
    "torch==2.4.0",
    "pandas>=2,<3",
    "scikit-learn",
    "uvicorn[standard]",
    "transformers~=4.40",
    "jax[cuda12]",
    'importlib-metadata; python_version < "3.8"',
    "git+https://github.com/openai/CLIP.git",
    "--pre",
    "é-package",
    "torch --index-url https://download.pytorch.org/whl/cu118",
]
APT = ["git", "vim", "build-essential", "libssl-dev", "ffmpeg", "python3-dev=3.10*", "g++", "libgl1:amd64", "tmux"]
CONDA = ["numpy", "pytorch=2.1", "cudatoolkit>=11", "conda-forge::ripgrep", "scipy==1.11.3=py311_0", "r-base"]
CHANNELS = ["conda-forge", "pytorch", "https://conda.example.com/label/dev", "nvidia"]
R = ["ggplot2", "dplyr", "data.table", "remotes"]
JULIA = ["Plots", "DataFrames", "Flux", "CSV"]
EXTENSIONS = [
    "ms-python.python",
    "ms-python.python-2023.1.1",
    "golang.go",
    "rust-lang.rust-analyzer-0.3.1",
    "a.b-c",
    "ms-toolsai.jupyter-2021.12.0-pre",
    "julialang.language-julia",
]
COMMANDS = [
    "echo hello",
    "mkdir -p /data && cd /data",
    'echo "$HOME is home"',
    "pip list | grep torch > /tmp/versions",
    "git clone https://github.com/tensorchord/envd /opt/envd",
    "export A=1; env",
    "python -c \"print('x')\"",
    "awk '{print $1}' /etc/passwd",
    "if [ -d /opt ]; then\n  ls /opt\nfi",
    "echo é ☃",
    "echo back\\\\slash",
    "curl -fsSL https://e.com/install.sh | sh -s -- --yes",
    "true # no more",
    "tar xf a.tar -C /opt *",
    "",
    "cat <<EOF\nx\nEOF",
    "echo 100%",
    "echo {braces} {0}",
    "test -f `pwd`/x",
    "\ttabs\there",
]
WORDS = [
    "jupyter lab",
    "python",
    "-m",
    "http.server",
    "8000",
    "--host=0.0.0.0",
    "sleep",
    "infinity",
    "a b",
    "$HOME",
    "é",
]
IMAGES = [
    "ubuntu:22.04",
    "ubuntu:20.04",
    "ubuntu",
    "python:3.11-slim",
    "docker.io/library/debian:12",
    "ghcr.io/team/tool:1.2",
    "example.com/tool:2.0",
    "example.com/tool:1.3",
    "nopath",
    "docker.io/ubuntu:22.04",
    "docker.io/nvidia/cuda:11.8.0-cudnn8-devel-ubuntu22.04",
    "pytorch/pytorch:2.4.0-cuda12.1-cudnn9-runtime",
]
#: Those whose name can become a part of a tag, as `install.cuda` makes one of it.
IMAGES_FOR_CUDA = ["ubuntu:22.04", "ubuntu:20.04", "ubuntu", "ubi8", "rockylinux:8"]
IMAGE_PATHS = ["/data", "/opt/tool/bin", "/home/envd/.cache", "relative/path", "/a/../b", "/x/", "/", "~/models", "/é"]
HOST_PATHS = ["src", "src/", "./src/train.py", "data/ünïcode.csv", ".", "setup.sh", "src/../data", "not-there", "*.py"]
TEXTS = [
    "",
    "Ada Lovelace",
    "ada@example.com",
    "vim",
    "code --wait",
    "é ☃",
    "it's",
    'say "hi"',
    "100%",
    "{x}",
    "a\\b",
    "two\nlines",
]
URLS = [
    "https://pypi.tuna.tsinghua.edu.cn/simple",
    "http://user:secret@[::1]:8080/x?y#z",
    "https://e.com:8443",
    "e.com/simple",
    "https://mirror.example.com/root/pypi/+simple/",
]
FILE_URLS = [
    "https://e.com/model.bin",
    "https://e.com/a/b.tar.gz?token=1",
    "http://e.com:8080/data",
    "https://e.com/é.csv",
]
YAML = ["channels:\n  - conda-forge\n  - nodefaults\n", "", "channels: [pytorch]\nshow_channel_urls: true\n"]
APT_SOURCES = [
    "deb http://mirrors.example.com/ubuntu jammy main\n",
    "deb [trusted=yes] https://e.com/apt ./\ndeb-src https://e.com/apt ./\n",
    "deb http://a.b/ubuntu 'jammy' main % {x} \\n",
]
VARIABLES = ["HF_HOME", "PYTHONPATH", "CUDA_VISIBLE_DEVICES", "LANG", "PATH", "EMPTY", "A", "http_proxy"]


def one(*choices):
    return lambda rng: rng.choice(choices)


def some(pool, least=0, most=3):
    """A list of different elements."""
    return lambda rng: rng.sample(pool, rng.randint(least, min(most, len(pool))))


def numbered(prefix, least=1):
    """Names that a loop could have made: `layer-0`, `layer-1`, …"""
    return lambda rng: [f"{prefix}{i}" for i in range(rng.randint(least, 4))]


def either(*functions):
    return lambda rng: rng.choice(functions)(rng)


def flag(rng):
    return rng.random() < 0.5


def number(low, high):
    return lambda rng: rng.choice([low, high, rng.randint(low, high)])


def digest(rng):
    algorithm, length = rng.choice([("sha256", 64), ("sha384", 96), ("sha512", 128)])
    return f"{algorithm}:{rng.getrandbits(4 * length):0{length}x}"


def mapping(names, values, most=3):
    def draw(rng):
        return {name: rng.choice(values) for name in rng.sample(names, rng.randint(0, most))}

    return draw


VALUES = {
    "base.image": one(*IMAGES, ""),
    "base.dev": flag,
    "shell.name": one("bash", "zsh", "fish", "ZSH", "Fish", "tcsh"),
    "run.commands": some(COMMANDS),
    "run.mount_host": flag,
    "git_config.name": one(*TEXTS),
    "git_config.email": one(*TEXTS),
    "git_config.editor": one(*TEXTS),
    "include.git": one("https://example.com/library"),
    "install.python.version": one("3", "3.8", "3.11", "3.11.4", "3.12", "3.13", ""),
    "install.conda.use_mamba": flag,
    "install.uv.python_version": one("3.11", "3.12", "3.13.1", "pypy3.10", ""),
    "install.pixi.use_pixi_mirror": flag,
    "install.pixi.pypi_index": one("", *URLS),
    "install.rust.version": one("", "1.28.2", "1.27.0"),
    "install.go.version": one("", "1.22.0", "1.25.3"),
    "install.nodejs.version": one("", "22.11.0", "25.1.0"),
    "install.apt_packages.name": either(some(APT, most=5), numbered("lib-")),
    "install.python_packages.name": either(some(PIP, most=5), numbered("layer-")),
    "install.python_packages.requirements": one("", *REQUIREMENTS, "not-there.txt"),
    "install.python_packages.local_wheels": some(
        ["dist/model-1.0-py3-none-any.whl", "./dist/tools-0.3-py3-none-any.whl", "dist/../dist/not-there.whl"], most=2
    ),
    "install.conda_packages.name": some(CONDA),
    "install.conda_packages.channel": some(CHANNELS, most=2),
    "install.conda_packages.env_file": one(
        "environment.yaml", "conda/gpu.yml", "./environment.yaml", "not-there.yaml", ""
    ),
    "install.r_packages.name": some(R, least=1),
    "install.julia_packages.name": either(some(JULIA, least=1), numbered("Layer")),
    "install.cuda.version": one("11.8.0", "12.4.1", "11.2.2"),
    "install.cuda.cudnn": one("", "8", "9"),
    "install.vscode_extensions.name": some(EXTENSIONS),
    "install.codex.version": one("", "rust-v0.98.0", "rust-v0.50.0"),
    "config.apt_source.source": one(*APT_SOURCES),
    "config.pip_index.url": one(*URLS),
    "config.pip_index.extra_url": one("", *URLS),
    "config.pip_index.trust": flag,
    "config.conda_channel.channel": one(*YAML),
    "config.cran_mirror.url": one("", *URLS),
    "config.julia_pkg_server.url": one("", *URLS),
    "config.jupyter.token": one("", "secret", "$TOKEN", "a b"),
    "config.jupyter.port": number(0, 65535),
    "config.entrypoint.args": some(WORDS),
    "config.gpu.count": number(0, 8),
    "config.shm_size.size": number(0, 4096),
    "config.owner.uid": number(0, 65535),
    "config.owner.gid": number(0, 65535),
    "config.repo.url": one("", "https://github.com/tensorchord/envd", "git@github.com:a/b.git"),
    "config.repo.description": one(*TEXTS),
    "io.copy.source": one(*HOST_PATHS),
    "io.copy.target": one(*IMAGE_PATHS, ""),
    "io.copy.image": one("", *IMAGES),
    "io.http.url": one(*FILE_URLS),
    "io.http.checksum": either(digest, one("")),
    "io.http.filename": one("", "model.bin", "é ☃", "a/b"),
    "runtime.command.commands": mapping(["train", "serve", "test it", "é"], COMMANDS),
    "runtime.daemon.commands": lambda rng: [some(WORDS)(rng) for _ in range(rng.randint(0, 3))],
    "runtime.init.commands": some(COMMANDS),
    "runtime.environ.env": mapping(VARIABLES, ["", "1", "/opt/x:/opt/y", "$HOME/x", "a=b", "é ☃", "100%", "it's"]),
    "runtime.environ.extra_path": some(["/opt/tool/bin", "/root/.local/bin", "$HOME/bin", "/é", "/usr/bin"]),
    "runtime.expose.envd_port": number(1, 65535),
    "runtime.expose.host_port": number(0, 65535),
    "runtime.expose.service": one(*TEXTS),
    "runtime.expose.listen_addr": one(
        "127.0.0.1", "0.0.0.0", "::1", "::", "2001:db8::1", "::ffff:1.2.3.4", "10.0.0.255"
    ),
    "runtime.mount.host_path": one("~/data", "/mnt/data", ".", "~", "data", "", "/é"),
    "runtime.mount.envd_path": one(*IMAGE_PATHS, "~", "~/", ""),
    "data.envd.name": one("imagenet", "my data", "", "é"),
}
