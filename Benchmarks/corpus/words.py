"""The vocabulary: names, paths, sentences. Lengths follow those of hand-written Starlark (names: median 5, p90 13)."""

import random

NOUNS = """
action archive arg artifact aspect attr base binary branch bucket build bundle cache channel chunk client cluster
command compiler config context copt count data date default dep deps digest dir driver entry env error event example
executable extension feature field file filter flag folder format frame fragment func function graph group hash header
host image include index info input item job key kernel label language layer library line linker list lock log
manifest mapping marker message mirror mode model module name node number object option out output owner package param
parent part patch path pattern peer pip pkg platform plugin policy port prefix process profile project proto provider
proxy queue range ref region registry release repo request resource result root rule run runtime sample schema scope
script section server service session shard shell size source spec src stage state status step strategy stream string
suffix symbol system table tag target task template test token tool toolchain transition tree type unit url user
value variable variant version volume wheel worker workspace zone
""".split()
SHORT = "a b c d e f i j k n p s t v x y ok kv it res out src dst env cmd dep pkg key val tmp ret lib bin".split()
VERBS = """
add append apply build check collect compile compute copy create decode declare detect download encode expand expect
export extend extract fetch filter find flatten format gather generate get group handle import infer install join link
list load lookup make map mark match merge normalize pack parse pick print process propagate read register relativize
remove rename render replace resolve run scan select set split stage strip symlink transform update validate walk wrap
write
""".split()
ADJECTIVES = """
absolute additional all base cached canonical common compiled conditional custom default direct empty executable
explicit external extra final first generated hermetic host implicit inner intermediate internal last legacy local
main merged missing native new optional original outer owned parallel private public raw relative remote required
resolved runtime shared simple stable static strict temporary transitive unique unused valid
""".split()
CONNECTIVES = """
after|and then|because|before|but only if|even when|if|in case|so that|unless|until|when|where|whenever|while
""".strip().split("|")
COMPANIES = "acme apex brightway cobalt delta ember fjord granite harbor iris juniper keystone lumen meridian".split()
PYTHON_PACKAGES = """
numpy pandas torch torchvision transformers scikit-learn scipy matplotlib jupyterlab tqdm pydantic fastapi requests
datasets accelerate tensorboard pillow opencv-python-headless lightning wandb mlflow xgboost lightgbm sentencepiece
""".split()
APT_PACKAGES = "git curl wget build-essential cmake ninja-build libgl1 libssl-dev htop tmux vim zsh ffmpeg".split()
EXTENSIONS = "cc h go py java proto ts sh txt json yaml md rs swift".split()
#: Words that some of the parsers do not take as a name: `match` is a statement to tree-sitter.
RESERVED = {"import", "load", "match", "print"}
HEX = "0123456789abcdef"
BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


class Words:
    """Draws words from one random stream, so that a file depends on nothing but its seed."""

    def __init__(self, rng: random.Random):
        self.rng = rng

    def noun(self) -> str:
        return self.rng.choice(NOUNS)

    def name(self) -> str:
        """A local variable."""
        draw = self.rng.random()
        if draw < 0.18:
            return self.rng.choice(SHORT)
        if draw < 0.68:
            return self.noun() + ("s" if draw > 0.58 else "")
        if draw < 0.92:
            return f"{self.rng.choice(ADJECTIVES + NOUNS)}_{self.noun()}"
        return f"{self.rng.choice(ADJECTIVES)}_{self.noun()}_{self.noun()}s"

    def function(self) -> str:
        first = self.rng.choice(VERBS)
        draw = self.rng.random()
        if draw < 0.45:
            return f"{first}_{self.noun()}"
        if draw < 0.85:
            return f"{first}_{self.rng.choice(ADJECTIVES + NOUNS)}_{self.noun()}s"
        return first if first not in RESERVED else f"{first}_all"

    def constant(self) -> str:
        return f"{self.rng.choice(ADJECTIVES)}_{self.noun()}".upper()

    def provider(self) -> str:
        return f"{self.noun().title()}{self.noun().title()}Info"

    def target(self) -> str:
        separator = self.rng.choice(["_", "-"])
        parts = [self.noun() for _ in range(self.rng.choice([1, 2, 2, 3]))]
        return separator.join(parts)

    def path(self) -> str:
        return "/".join(self.noun() for _ in range(self.rng.choice([1, 2, 2, 3, 4])))

    def file(self, extension: str = "") -> str:
        return f"{self.target()}.{extension or self.rng.choice(EXTENSIONS)}"

    def label(self) -> str:
        draw = self.rng.random()
        if draw < 0.35:
            return ":" + self.target()
        if draw < 0.8:
            return f"//{self.path()}:{self.target()}" if draw < 0.65 else "//" + self.path()
        return f"@{self.rng.choice(COMPANIES)}_{self.noun()}//{self.path()}:{self.target()}"

    def version(self) -> str:
        return ".".join(str(self.rng.randrange(limit)) for limit in (4, 30, 12))

    def url(self) -> str:
        company = self.rng.choice(COMPANIES)
        return f"https://{self.noun()}.{company}.example/{self.path()}/v{self.version()}/{self.target()}.tar.gz"

    def hexadecimal(self, length: int = 64) -> str:
        return "".join(self.rng.choice(HEX) for _ in range(length))

    def base64(self, length: int = 44) -> str:
        return "".join(self.rng.choice(BASE64) for _ in range(length - 1)) + "="

    def phrase(self) -> str:
        """A few words without a verb: a message, a short comment."""
        article = self.rng.choice(["the", "a", "each", "no", "this", "every"])
        return f"{article} {self.rng.choice(ADJECTIVES)} {self.noun()}"

    def sentence(self) -> str:
        rng = self.rng
        verb = rng.choice(VERBS)
        form = rng.randrange(5)
        if form == 0:
            text = f"{verb} {self.phrase()} of {self.phrase()}"
        elif form == 1:
            text = f"{self.phrase()} must not {verb} {self.phrase()} {rng.choice(CONNECTIVES)} {self.phrase()} is set"
        elif form == 2:
            text = (
                f"we {verb} {self.phrase()} here {rng.choice(CONNECTIVES)} `{self.name()}` is {rng.choice(ADJECTIVES)}"
            )
        elif form == 3:
            text = f"note that {self.phrase()} may {verb} more than one {self.noun()}, see {self.label()}"
        else:
            text = f"{self.phrase()} can {verb} {self.phrase()} or {rng.choice(VERBS)} it later"
        return text[0].upper() + text[1:] + "."

    def paragraph(self, sentences: int) -> str:
        return " ".join(self.sentence() for _ in range(sentences))
