"""Cases: a scene, a flow in it, and what the predictor says of both, with the features that decide it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from random import Random

from tests.differential.engines import INSIDE_PORT, Flow, Prediction, predict
from tests.differential.features import ABLATIONS, without
from tests.differential.networks import Scene, make_scene

FLOWS_OF_A_SCENE = 10


@dataclass(frozen=True, slots=True)
class Case:
    """`features`: those without which the prediction is another one, with that other prediction."""

    scene: Scene
    flow: Flow
    prediction: Prediction
    features: dict[str, Prediction]


def make_cases(wanted: int, seed: int) -> list[Case]:
    """The cases of a seed: a smaller number gives the beginning of a larger one's."""
    found: list[Case] = []
    for number in count():
        random = Random(f"{seed}/{number}")
        scene = make_scene(number, random)
        found += predict_cases(scene, list(_choose_flows(scene, random)))
        if len(found) >= wanted:
            return found[:wanted]
    raise AssertionError


def _choose_flows(scene: Scene, random: Random) -> Iterator[Flow]:
    """Targets without repetition for each cluster; now and then a machine of the network itself, and a name that does not exist."""
    share = FLOWS_OF_A_SCENE // len(scene.clusters)
    for index, cluster in enumerate(scene.clusters):
        others = [other for position, other in enumerate(zip(scene.inside, scene.clusters, strict=True)) if position != index]
        targets = random.sample(scene.targets, share - bool(others))
        for target in targets:
            yield Flow(cluster, target.protocol, target.host, target.port, random.choice(("pod", "pod", "node")))  # type: ignore[arg-type]
        for address, there in others[:1]:
            yield Flow(cluster, "http", address, INSIDE_PORT, random.choice(("pod", "node")), to=there)


def predict_cases(scene: Scene, flows: Sequence[Flow]) -> list[Case]:
    """The predictions, and what becomes of them without each feature."""
    predictions = predict(scene.resources, flows)
    features: list[dict[str, Prediction]] = [{} for _ in flows]
    for feature in ABLATIONS:
        changed = without(feature, scene.resources)
        if changed is None:
            continue
        for number, other in enumerate(predict(changed, flows)):
            if decides(feature, predictions[number], other):
                features[number][feature] = other
    return [Case(scene, flow, prediction, found) for flow, prediction, found in zip(flows, predictions, features, strict=True)]


def decides(feature: str, prediction: Prediction, other: Prediction) -> bool:
    """Whether what the client sees is another thing without the feature."""
    if prediction.outcome is None or other.outcome is None:
        return False
    differs = (prediction.outcome, prediction.addresses, prediction.answered) != (other.outcome, other.addresses, other.answered)
    if feature == "network over application":
        return differs and prediction.by_network_rule and other.by_application_rule
    return differs
