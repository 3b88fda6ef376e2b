"""Prints by how many bytes the resident memory grows while one peer holds the trees of all given files.

A process of its own for each peer, because memory that a parser has let go of may serve the next one.
"""

import gc
import json
import pathlib
import resource
import sys

import peers


def resident_bytes() -> int:
    return int(pathlib.Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def main() -> None:
    parser = {peer.name: peer for peer in (peers.StarlarkRust, peers.TreeSitter)}[sys.argv[1]]()
    contents = [
        path.read_bytes()
        for argument in sys.argv[2:]
        for path in sorted(pathlib.Path(argument).rglob("*"))
        if path.is_file()
    ]
    texts = [content.decode() for content in contents]
    gc.disable()
    before = resident_bytes()
    trees = [parser.parse(text, content) for text, content in zip(texts, contents)]
    after = resident_bytes()
    print(json.dumps({"trees": len(trees), "sourceBytes": sum(map(len, contents)), "residentGrowth": after - before}))


if __name__ == "__main__":
    main()
