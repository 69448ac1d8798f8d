"""Values in a cluster's body by their path, and the bounds that Azure has for them."""

from collections.abc import Iterator

from orchestrator.egress.network.model import Cluster
from orchestrator.egress.network.reading import objects
from orchestrator.egress.plan_check import Verdict, refused, undecided
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.resources import is_expression


def value_at(body: Json, path: str) -> Json:
    """The value at `a.b.c`; None where nothing is there; where a part of the path is known only to the deployment, that expression."""
    value = body
    for key in path.split("."):
        if is_expression(value):
            return value
        value = value.get(key) if isinstance(value, dict) else None
    return value


def setting(cluster: Cluster, path: str) -> Json:
    """A value of a cluster's networkProfile."""
    return value_at(cluster.resource.properties, f"networkProfile.{path}")


def is_isolated(cluster: Cluster) -> bool:
    """True where nodes take Microsoft's images from a registry of their own, and so need no way out."""
    return str(value_at(cluster.resource.properties, "bootstrapProfile.artifactSource")).lower() == "cache"


def pool_bodies(cluster: Cluster) -> tuple[JsonObject, ...]:
    """The pools in a cluster's own body."""
    return tuple(objects(cluster.resource.properties.get("agentPoolProfiles")))


def check_bounds(cluster: Cluster, path: str, low: int, high: int) -> Iterator[Verdict]:
    """A number of the networkProfile that must lie between two, both included."""
    value = setting(cluster, path)
    if is_expression(value):
        yield undecided(f"{path} of {cluster.name} is known only to the deployment", cluster.id)
    elif value is not None and not (isinstance(value, int) and not isinstance(value, bool) and low <= value <= high):
        yield refused(f"{path} of {cluster.name} is {value}, and not a number from {low} to {high}", cluster.id)
