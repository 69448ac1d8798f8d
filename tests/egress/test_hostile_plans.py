"""Plans with anything in any place: a preflight says what it can, and never breaks."""

import copy
import json
import random
from pathlib import Path

import pytest

from orchestrator.egress.addresses.knowledge import NOTHING_KNOWN, lab_knowledge
from orchestrator.egress.firewall_address_checks import check_firewall_addresses
from orchestrator.egress.preflight.preflight import preflight
from orchestrator.model.findings import Finding
from orchestrator.model.resources import make_snapshot

PLANS = [json.loads(path.read_text()) for path in sorted((Path(__file__).parent / "plans").glob("*.json"))]
VALUES = (
    *(None, "", 0, -1, 3.5, True, [], {}, "x", "[reference('x').y]", "[parameters('p')]", "10.0.0.0/8", "::/0", "0.0.0.0/0", ["[reference('x')]"]),
    *([None], [{}], {"id": None}, {"id": "[x()]"}, {"properties": None}, "kubenet", "none", "block", "Cache", 1_000_000),
)
PROFILES = (
    ("networkProfile", {"natGatewayProfile": {"managedOutboundIPProfile": {"count": "3"}, "outboundIPs": {"publicIPs": "x"}}}),
    ("bootstrapProfile", {"artifactSource": "Cache", "containerRegistryResourceId": "x/y"}),
    ("apiServerAccessProfile", {"enableVnetIntegration": True, "subnetId": 7}),
    ("identityProfile", {"kubeletidentity": {"resourceId": 3}}),
    ("agentPoolProfiles", [{"gatewayProfile": {"publicIPPrefixSize": "x"}, "availabilityZones": 3, "windowsProfile": []}]),
)


def places(value, here=()):
    """Every place in a body."""
    yield here
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(inner, (*here, key))


def spoil(bodies, chance):
    for _ in range(chance.randint(1, 4)):
        *path, last = chance.choice([place for place in places(bodies) if len(place) > 1 and place[1] not in ("id", "type")])
        target = bodies
        for key in path:
            target = target[key]
        target[last] = copy.deepcopy(chance.choice(VALUES))


@pytest.mark.parametrize("seed", range(120))
def test_a_spoilt_plan(seed):
    chance = random.Random(seed)
    bodies = copy.deepcopy(chance.choice(PLANS))
    cluster = next(body for body in bodies if body["type"].endswith("managedClusters"))
    if chance.random() < 0.4:
        key, value = chance.choice(PROFILES)
        cluster["properties"][key] = copy.deepcopy(value)
    spoil(bodies, chance)
    snapshot = make_snapshot(bodies)
    found = preflight(snapshot, chance.choice([lab_knowledge(), NOTHING_KNOWN]), demand=chance.choice([None, 500]))
    assert all(isinstance(finding, Finding) and finding.remedy for finding in found.findings)
    check_firewall_addresses(snapshot, cluster["id"])
