"""A cluster that exists gets another way out.

plan_migration(before: Snapshot, after: Snapshot, cluster_id: str) -> Migration
    what the documents say of the move, its costs, addresses, steps; ValueError where either snapshot lacks the cluster
find_migrations(before: Snapshot, after: Snapshot) -> tuple[Migration, ...]
    one for each cluster in both whose outbound type, or whose network, changes
planned_state(before: Snapshot, planned: Iterable[JsonObject]) -> Snapshot
    what will be there after an incremental deployment
"""

from orchestrator.egress.migration.plan_migration import find_migrations, plan_migration
from orchestrator.egress.migration.planned_state import planned_state

__all__ = ["find_migrations", "plan_migration", "planned_state"]
