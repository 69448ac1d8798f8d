"""What the lab's packets showed for some scenes of the differential comparison, stored: outcomes that a prediction can be held against in no time.

Written again by `python -m tests.mutations.stored` (needs packets, half a minute).
"""

import json
import tempfile
from importlib import import_module
from pathlib import Path

STORE = Path(__file__).with_name("stored.json")
SEED, SCENES = 1, (0, 2, 3, 5, 7, 9)
_ASKED = ("cluster", "protocol", "host", "port", "origin")


def read_scenes():
    """(resources, flows, what was seen of each) for every stored scene, in the words of the engines that are imported now."""
    engines, flows = import_module("tests.differential.engines"), import_module("orchestrator.model.flows")
    for scene in json.loads(STORE.read_text()):
        asked = [engines.Flow(**{key: one[key] for key in _ASKED}) for one in scene["flows"]]
        seen = [engines.Seen(flows.Outcome[one["outcome"]], one["address"], frozenset(map(tuple, one["rules"]))) for one in scene["flows"]]
        yield scene["resources"], asked, seen


def find_differences():
    """The stored flows that are predicted otherwise."""
    engines = import_module("tests.differential.engines")
    for resources, flows, seen in read_scenes():
        for flow, prediction, one in zip(flows, engines.predict(resources, flows), seen, strict=True):
            if engines.find_disagreement(prediction, one) is not None:
                yield str(flow)


def main():
    """Send the flows of the scenes, and store what was seen."""
    cases, engines = import_module("tests.differential.cases"), import_module("tests.differential.engines")
    by_scene = {}
    for case in cases.make_cases((max(SCENES) + 1) * cases.FLOWS_OF_A_SCENE, SEED):
        by_scene.setdefault(case.scene.number, []).append(case)
    stored = []
    with tempfile.TemporaryDirectory() as folder, engines.open_packets(Path(folder)) as packets:
        for number in SCENES:
            found = by_scene[number]
            resources, flows = list(found[0].scene.resources), [case.flow for case in found]
            rows = []
            for flow, one in zip(flows, packets.observe(resources, flows, seconds=engines.PATIENT_SECONDS), strict=True):
                row = {key: getattr(flow, key) for key in _ASKED}
                rows.append({**row, "outcome": one.outcome.name, "address": one.address, "rules": sorted(map(list, one.rules))})
            stored.append({"resources": resources, "flows": rows})
    lines = ",\n".join(json.dumps(scene, separators=(",", ":")) for scene in stored)
    STORE.write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    main()
