"""An input of a number: what the same target, seed and number give again, on every machine with the same corpora."""

import base64
import json
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.fuzz.mutations import BICEP_WORDS, EXPRESSION_WORDS, mutate_bytes, mutate_gently, mutate_json, mutate_text
from tests.fuzz.seeds import PROJECT, bicep_files, expressions, read, templates

TARGETS = ("compiler", "arm")


@dataclass(frozen=True)
class Input:
    """kind: bicep, bicepparam, expression or template. place: the folder, from the project's root, that a Bicep file is compiled in."""

    kind: str
    data: bytes
    place: str = ""

    @property
    def text(self) -> str:
        """The data as text."""
        return self.data.decode("utf-8", "replace")

    @property
    def template(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The template and its parameters."""
        document = json.loads(self.data)
        return document["template"], document["parameters"]

    def dump(self) -> str:
        """As a file that can be read again."""
        return json.dumps({"kind": self.kind, "place": self.place, "data": base64.b64encode(self.data).decode(), "text": self.text}, indent=1)

    @classmethod
    def load(cls, text: str) -> "Input":
        """What `dump` wrote."""
        said = json.loads(text)
        return cls(said["kind"], base64.b64decode(said["data"]), said["place"])


def make_input(target: str, seed: int, number: int) -> Input:
    """The input of that number."""
    random = Random(f"{target}/{seed}/{number}")
    if target == "compiler":
        return _bicep(random)
    return _expression(random) if random.random() < 0.6 else _template(random)


def _bicep(random: Random) -> Input:
    path = random.choice(bicep_files())
    kind = path.suffix[1:]
    place = path.parent.relative_to(PROJECT).as_posix()
    text = read(path)
    if random.random() < 0.4:
        return Input(kind, mutate_gently(random, text, lambda: read(random.choice(bicep_files()))).encode(), place)
    lines = text.split("\n")
    if len(lines) > 60:  # a part of a large file: the rest is another number's
        start = random.randrange(len(lines) - 30)
        text = "\n".join(lines[start : start + random.randint(10, 60)])
    if random.random() < 0.08:
        return Input(kind, mutate_bytes(random, text.encode()), place)
    mutated = mutate_text(random, text, lambda: read(random.choice(bicep_files())), BICEP_WORDS)
    return Input(kind, mutated.encode("utf-8", "surrogatepass"), place)


def _other_expression(random: Random) -> str:
    return random.choice(expressions())


def _expression(random: Random) -> Input:
    text = mutate_text(random, _other_expression(random), lambda: _other_expression(random), EXPRESSION_WORDS)
    return Input("expression", text.encode("utf-8", "surrogatepass"))


def _template(random: Random) -> Input:
    template, parameters = random.choice(templates())
    mutated = mutate_json(random, {"template": template, "parameters": parameters}, lambda: _other_expression(random))
    document = {"template": mutated.get("template"), "parameters": mutated.get("parameters")}
    return Input("template", json.dumps(document).encode())
