"""A long library of envd functions such as a company might have: documented, calling each other, without mistakes."""

import random

WORDS = "cache model data train serve tools lint base shell proxy mirror token queue image layer report".split()


def library(lines: int, seed: str) -> bytes:
    """A file of about so many lines. Every function calls a few of those above it."""
    rng = random.Random(seed)
    out = ['"""Functions that set up environments."""', "", 'VERSIONS = {"numpy": "1.26.4", "torch": "2.2.0"}', ""]
    names: list[str] = []
    while len(out) < lines:
        name = f"{rng.choice(WORDS)}_{rng.choice(WORDS)}_{len(names)}"
        first, second = rng.sample(["size", "label", "limit", "options", "prefix"], 2)
        out += [
            f"def {name}({first}, {second}=None, names=[]):",
            f'    """Sets up {name.replace("_", " ")}.',
            "",
            "    Args:",
            f"        {first} (int): how many.",
            f"        {second} (str): what it is called.",
            "    Returns:",
            "        list[str]: what was set up.",
            '    """',
            "    found = []",
            f"    for number in range({first}):",
            f'        text = "%s-%d" % ({second} or "{rng.choice(WORDS)}", number)',
            "        if text not in found and text not in names:",
            "            found.append(text)",
        ]
        for other in rng.sample(names, min(len(names), rng.randrange(3))):
            out.append(f"    found += {other}({rng.randrange(9)}, names=names)")
        if rng.random() < 0.3:
            out.append(f'    settings = {{"{rng.choice(WORDS)}": len(found), "version": VERSIONS["numpy"]}}')
            out.append('    if settings["version"] == "":')
            out.append(f'        fail("{name} needs a version")')
        out += ["    return found", "", ""]
        names.append(name)
    return ("\n".join(out) + "\n").encode()
