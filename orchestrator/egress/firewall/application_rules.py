"""Does an application rule match a flow? Protocol and port, source, and the name in the flow by pattern or FQDN tag."""

from functools import lru_cache

from orchestrator.catalog.fqdn_tags import CONFIDENCE, SOURCE, expand_fqdn_tag, find_reported_gap
from orchestrator.egress.addresses.knowledge import Knowledge
from orchestrator.egress.firewall.flow import FirewallFlow
from orchestrator.egress.firewall.fqdn_patterns import matches_fqdn
from orchestrator.egress.firewall.rules import ApplicationRule
from orchestrator.egress.logic.truth import NO, YES, Assumption, Truth, all_of, any_of, assumed, not_known


def match_application_rule(rule: ApplicationRule, flow: FirewallFlow, knowledge: Knowledge) -> Truth:
    """An application rule sees the name that the client says: the Host header of HTTP, the server name in TLS."""
    if rule.unknown is not None:
        return not_known(rule.unknown)
    if (flow.protocol, flow.port) not in rule.protocols:
        return NO
    source = rule.source.match(flow.source, knowledge.tag)
    if source is NO:
        return NO
    target = _match_target(rule, flow)
    if target is not NO and rule.destination is not None:
        target = all_of(target, rule.destination.match(flow.destination, knowledge.tag))
    return target if source is YES else all_of(source, target)


def _match_target(rule: ApplicationRule, flow: FirewallFlow) -> Truth:
    host = flow.host
    if host is None:
        return _match_nameless(rule)
    if any(matches_fqdn(pattern, host) for pattern in rule.fqdns):
        return YES
    if not (rule.tags or rule.urls or rule.categories):
        return NO
    parts = [match_fqdn_tag(tag, host, flow.protocol, flow.port, flow.location) for tag in rule.tags]
    parts += [not_known(f"URLs are not modelled (rule {rule.place.rule})") for url in rule.urls if _may_be_url_of(url, host)]
    parts += [not_known(f"the category of {host} is not known (rule {rule.place.rule})")] if rule.categories else []
    return any_of(*parts)


def _match_nameless(rule: ApplicationRule) -> Truth:
    """A flow to an address says no name in TLS, so no name can match it; what `*` or a category does with it is not documented."""
    if "*" in rule.fqdns or rule.categories:
        return not_known(f"whether the rule {rule.place.rule} matches a request without a name is not documented")
    return NO


def _may_be_url_of(url: str, host: str) -> bool:
    name = url.lower().removeprefix("https://").removeprefix("http://").partition("/")[0].partition(":")[0]
    return matches_fqdn(name, host)


@lru_cache(maxsize=4096)
def match_fqdn_tag(tag: str, host: str, protocol: str, port: int, location: str) -> Truth:
    """A tag stands for the names that Azure documents; its contents are not published as a list, so both answers rest on that."""
    try:
        entries = expand_fqdn_tag(tag, location)
    except ValueError:
        return not_known(f"the contents of the FQDN tag {tag} are not published")
    gap = find_reported_gap(tag, host)
    if gap is not None:
        return assumed(False, Assumption("reported-gap", f"the FQDN tag {tag} does not cover {host}, as users reported", gap))
    covered = any(entry.protocol == protocol and entry.port == port and matches_fqdn(entry.pattern, host) for entry in entries)
    word = "covers" if covered else "does not cover"
    return assumed(covered, Assumption("documented-tag", f"the FQDN tag {tag} {word} {host}: {CONFIDENCE}", SOURCE))
