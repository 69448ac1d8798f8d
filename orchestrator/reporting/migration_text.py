"""A cluster that exists gets another way out: the verdict with its sources, costs, addresses, steps."""

from collections.abc import Sequence

from orchestrator.model.json_value import JsonObject
from orchestrator.model.migrations import Addresses, Migration, MigrationVerdict, OutAddress
from orchestrator.reporting.styled_text import BAD, DOUBT, EMPTY, FAINT, GOOD, STRONG, Line, line
from orchestrator.reporting.tables import break_words

_STYLES = {
    MigrationVerdict.SUPPORTED: GOOD,
    MigrationVerdict.REFUSED: BAD,
    MigrationVerdict.DISPUTED: DOUBT,
    MigrationVerdict.NEW_CLUSTER: BAD,
    MigrationVerdict.UNDOCUMENTED: DOUBT,
}


def render_migrations(migrations: Sequence[Migration], *, width: int | None = None) -> list[Line]:
    """A block for each."""
    return [one for migration in migrations for one in (EMPTY, *_render(migration, width), EMPTY)]


def _render(migration: Migration, width: int | None) -> list[Line]:
    cluster = migration.cluster_id.rsplit("/", 1)[-1]
    verdict = (migration.verdict.value, _STYLES[migration.verdict])
    lines = [line(("Outbound migration", STRONG), f" of {cluster}: {migration.before} => {migration.after}: ", verdict)]
    lines += _render_list("why", migration.reasons, width)
    lines += [line("    says: ", claim.says, (f"  ({claim.source}, {claim.date})", FAINT)) for claim in migration.claims]
    lines += _render_list("cost", migration.costs, width)
    lines += _render_list("before", _shown(migration.addresses_before), width)
    lines += _render_list("after", _shown(migration.addresses_after), width)
    lines += _render_list("partners must allow", [str(one) for one in migration.partners_add], width)
    lines += _render_list("partners may drop", [str(one) for one in migration.partners_remove], width)
    lines += _render_list("authorized ranges", migration.authorized_ranges, width)
    for number, step in enumerate(migration.steps, start=1):
        lines += _render_list(f"step {number}", [step], width)
    return lines


def _render_list(name: str, texts: Sequence[str], width: int | None) -> list[Line]:
    """One row each; what is wider than the screen goes on below itself."""
    head = f"    {name}: "
    room = 10**6 if width is None else max(width - len(head), 20)
    rows = []
    for text in texts:
        first, *more = break_words(text, room)
        rows += [line(head, first), *(line(" " * len(head), piece) for piece in more)]
    return rows


def _shown(addresses: Addresses) -> list[str]:
    known = [f"{one.address} ({_short(one)})" if one.address else str(one) for one in addresses.known]
    return [*known, *([addresses.unknown] if addresses.unknown else [])]


def _short(one: OutAddress) -> str:
    return "/".join(one.resource_id.rstrip("/").split("/")[-2:])


def migration_to_json(migration: Migration) -> JsonObject:
    """All of it, for programs."""
    return {
        "clusterId": migration.cluster_id,
        "before": {"outboundType": migration.before.outbound_type, "network": migration.before.network},
        "after": {"outboundType": migration.after.outbound_type, "network": migration.after.network},
        "verdict": migration.verdict.value,
        "claims": [{"says": claim.says, "source": claim.source, "date": claim.date} for claim in migration.claims],
        "reasons": list(migration.reasons),
        "costs": list(migration.costs),
        "addressesBefore": _addresses_to_json(migration.addresses_before),
        "addressesAfter": _addresses_to_json(migration.addresses_after),
        "partnersMustAllow": [_address_to_json(one) for one in migration.partners_add],
        "partnersMayDrop": [_address_to_json(one) for one in migration.partners_remove],
        "authorizedRanges": list(migration.authorized_ranges),
        "steps": list(migration.steps),
    }


def _addresses_to_json(addresses: Addresses) -> JsonObject:
    return {"known": [_address_to_json(one) for one in addresses.known], "unknown": addresses.unknown}


def _address_to_json(one: OutAddress) -> JsonObject:
    return {"address": one.address, "resourceId": one.resource_id}
