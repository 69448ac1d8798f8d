"""All cases of a seed, prediction against packets:

    python -m tests.differential.run --cases 500 --seed 1                      # about three minutes on two cores
    python -m tests.differential.run --cases 500 --seed 1 --counterfactual     # every deciding feature taken away, with packets too
    python -m tests.differential.run --cases 500 --seed 1 --scene 17 --verbose

Prints the table of counts, and each disagreement; status 1 where there is one, or where a feature that issue 4 names decides fewer than 20 of 500 cases.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.differential.cases import Case, make_cases
from tests.differential.engines import PATIENT_SECONDS, SECONDS, Flow, Packets, Prediction, Seen, find_disagreement, open_packets
from tests.differential.features import REQUIRED, Body, without

NETWORKS_AT_ONCE = 10
LEAST = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to both engines. `without`: the feature that was taken away, where one was."""

    case: Case
    prediction: Prediction
    without: str = ""

    @property
    def flow(self) -> Flow:
        return self.case.flow


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A question that the engines answer differently, and in what."""

    asked: Asked
    seen: Seen
    text: str

    def __str__(self) -> str:
        without_ = f" without {self.asked.without}" if self.asked.without else ""
        return f"scene {self.asked.case.scene.number} ({', '.join(self.asked.case.scene.words)}){without_}: {self.asked.flow}: {self.text}"


def find_disagreements(packets: Packets, cases: Sequence[Case], *, counterfactual: bool = False) -> list[Disagreement]:
    """Ask the packets all cases, some networks at once; what disagrees is asked again with more patience, since a busy machine is no silent drop."""
    found: list[Disagreement] = []
    for worlds in _batches(list(_worlds(cases, counterfactual=counterfactual))):
        resources = [body for bodies, _ in worlds for body in bodies]
        asked = [each for _, questions in worlds for each in questions]
        first = _ask(packets, resources, asked, SECONDS)
        found += _ask(packets, resources, [each.asked for each in first], PATIENT_SECONDS) if first else []
    return found


def _ask(packets: Packets, resources: Sequence[Body], asked: Sequence[Asked], seconds: float) -> list[Disagreement]:
    seen = packets.observe(resources, [each.flow for each in asked], seconds=seconds)
    pairs = [(each, what, find_disagreement(each.prediction, what)) for each, what in zip(asked, seen, strict=True)]
    return [Disagreement(each, what, text) for each, what, text in pairs if text is not None]


def _worlds(cases: Sequence[Case], *, counterfactual: bool) -> Iterator[tuple[Sequence[Body], list[Asked]]]:
    """A network with its questions; the same network without a feature, with the questions that it decides."""
    scenes = {case.scene.number: case.scene for case in cases}
    for number, scene in scenes.items():
        own = [case for case in cases if case.scene.number == number]
        yield scene.resources, [Asked(case, case.prediction) for case in own]
        for feature in sorted({feature for case in own for feature in case.features}) if counterfactual else ():
            yield without(feature, scene.resources) or (), [Asked(case, case.features[feature], feature) for case in own if feature in case.features]


def _batches(worlds: list[tuple[Sequence[Body], list[Asked]]]) -> Iterator[list[tuple[Sequence[Body], list[Asked]]]]:
    """Worlds that can be there at once: no network twice."""
    while worlds:
        batch: list[tuple[Sequence[Body], list[Asked]]] = []
        numbers: set[int] = set()
        for world in list(worlds):
            number = world[1][0].case.scene.number
            if number not in numbers and len(batch) < NETWORKS_AT_ONCE:
                numbers.add(number)
                batch.append(world)
                worlds.remove(world)
        yield batch


def count_features(cases: Sequence[Case]) -> Counter[str]:
    """How many cases each feature decides."""
    return Counter(feature for case in cases for feature in case.features)


def render_counts(cases: Sequence[Case]) -> str:
    """The table of counts."""
    allowed = sum(bool(case.prediction.allowed) for case in cases)
    unknown = sum(case.prediction.allowed is None for case in cases)
    networks = {case.scene.number: case.scene for case in cases}
    words = Counter(word.split(" from ")[0] for scene in networks.values() for word in dict.fromkeys(scene.words))
    lines = [f"{len(cases)} cases in {len(networks)} networks; allowed {allowed}, unknown {unknown}", "", "decided by"]
    lines += [f"  {count:4}  {feature}" for feature, count in count_features(cases).most_common()]
    lines += ["", "what becomes of them"]
    lines += [f"  {count:4}  {kind}" for kind, count in Counter(str(case.prediction.kind) for case in cases).most_common()]
    lines += ["", "networks with"]
    return "\n".join([*lines, *(f"  {count:4}  {word}" for word, count in words.most_common())])


def main(arguments: Sequence[str]) -> int:
    """Run; the status is 1 where the engines disagree, or a feature decides too few cases."""
    parser = argparse.ArgumentParser(prog="python -m tests.differential.run")
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scene", type=int, default=None, help="only this network of the seed")
    parser.add_argument("--counterfactual", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    cases = [case for case in make_cases(options.cases, options.seed) if options.scene in (None, case.scene.number)]
    predicted = time.monotonic()
    if options.verbose:
        _say("\n".join(f"{case.flow}: {case.prediction.text} {sorted(case.prediction.addresses)} [{', '.join(case.features)}]" for case in cases))
    with tempfile.TemporaryDirectory() as folder, open_packets(Path(folder)) as packets:
        disagreements = find_disagreements(packets, cases, counterfactual=options.counterfactual)
    _say(render_counts(cases))
    asked = len(cases) + (sum(len(case.features) for case in cases) if options.counterfactual else 0)
    _say("\n  ".join([f"\n{asked} questions to the packets, {len(disagreements)} disagreements", *map(str, disagreements)]))
    _say(f"predicted in {predicted - started:.1f} s, packets {time.monotonic() - predicted:.1f} s")
    counts = count_features(cases)
    few = [feature for feature in REQUIRED if counts[feature] < LEAST * len(cases) // 500]
    if few:
        _say(f"decide fewer than {LEAST} of 500 cases: {', '.join(few)}")
    return 1 if disagreements or few else 0


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
