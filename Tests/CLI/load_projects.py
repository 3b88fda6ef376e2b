"""Random small projects whose files load each other, rightly or wrongly."""

import random

FOLDERS = ["", "", "d/", "d/e/"]
NAMES = ["a", "b", "c", "_p"]


class LoadProject:
    """Texts by path. What is loaded is used, and nothing but loads can fail."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        count = self.dice.randint(2, 6)
        self.paths = ["build.envd"] + [f"{self.dice.choice(FOLDERS)}f{number}.envd" for number in range(1, count)]
        # Most projects are right but for one thing.
        self.mistakes = self.dice.choice([0, 0, 1, 1, 3])
        self.defined = {path: sorted(self.dice.sample(NAMES, self.dice.randint(1, 4))) for path in self.paths}
        self.files = {path: self.text(path) for path in self.paths}

    def mistake(self):
        if self.mistakes and self.dice.random() < 0.4:
            self.mistakes -= 1
            return True
        return False

    def text(self, path):
        lines = []
        used = []
        later = self.paths[self.paths.index(path) + 1 :]
        for number in range(self.dice.randint(0, 2) + (path == "build.envd")):
            # Files load those after them, so that there is no circle unless it is a mistake.
            targets = self.paths if self.mistake() else later
            if not targets:
                continue
            target = self.dice.choice(targets)
            items = []
            for index in range(self.dice.randint(1, 2)):
                names = NAMES + ["none"] if self.mistake() else [n for n in self.defined[target] if n[0] != "_"]
                if not names:
                    continue
                alias = f"l{number}{index}"
                items.append(f'{alias}="{self.dice.choice(names)}"')
                used.append(alias)
            if items:
                lines.append(f'load("{self.written(target)}", {", ".join(items)})\n')
        for number, name in enumerate(self.defined[path]):
            value = self.dice.choice(["1", '"x"', "[1, 2]", *used])
            lines.append(self.dice.choice([f"{name} = {value}\n", f"def {name}():\n    return {value}\n"]))
        if path == "build.envd":
            lines.append(f"def build():\n    base()\n    return [{', '.join(used)}]\n")
        return "".join(lines)

    def written(self, target):
        """A path that means the target, unless it is a mistake."""
        if self.mistake():
            bare = target.rsplit("/", 1)[-1]
            return self.dice.choice(
                [
                    bare,
                    target[:-1],
                    target.removesuffix(".envd"),
                    "//" + target,
                    ":" + bare,
                    target + "/",
                    "d",
                    "d/none.envd",
                ]
                + ["none/../" + target, "./" + bare.upper(), "", "https://example.com/" + bare]
            )
        folder = "d/../" if any(path.startswith("d/") for path in self.paths) else "./"
        return self.dice.choice([target, target, "./" + target, folder + target])

    def write(self, folder):
        for path, text in self.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text)
