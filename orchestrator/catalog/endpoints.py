"""What an AKS cluster has to reach, as Azure documents it: a list for each cloud, each row with its source and the date of that source."""

from orchestrator.catalog.required_china import CHINA
from orchestrator.catalog.required_endpoint import DATE, FEATURES, SOURCE, EndpointKind, Phase, RequiredEndpoint
from orchestrator.catalog.required_public import PUBLIC
from orchestrator.catalog.required_usgovernment import US_GOVERNMENT

__all__ = ["CLOUDS", "DATE", "FEATURES", "SOURCE", "EndpointKind", "Phase", "RequiredEndpoint", "cloud_of", "required_endpoints"]

_BY_CLOUD = {"public": PUBLIC, "china": CHINA, "usgovernment": US_GOVERNMENT}
CLOUDS = tuple(_BY_CLOUD)


def required_endpoints(cloud: str = "public") -> tuple[RequiredEndpoint, ...]:
    """All documented destinations of a cloud; ValueError for a cloud whose list is not here."""
    if cloud not in _BY_CLOUD:
        raise ValueError(f"no list of required endpoints for the cloud {cloud!r}; there is one for: {', '.join(_BY_CLOUD)}")
    return _BY_CLOUD[cloud]


def cloud_of(location: str) -> str:
    """The cloud that a region belongs to, told by its name."""
    folded = location.lower()
    if folded.startswith("china"):
        return "china"
    return "usgovernment" if folded.startswith(("usgov", "usdod")) else "public"
