"""What AKS refuses about a cluster's way out when it is created, one refusal a file. To add one: a file with a CHECK, and its name here."""

from orchestrator.egress.checks import (
    custom_route_table_missing_permission,
    invalid_user_defined_routing_with_load_balancer_profile,
    managed_nat_gateway_with_custom_vnet,
    route_table_invalid_next_hop,
    route_table_missing_default_route,
    subnet_not_associated_with_nat_gateway,
)
from orchestrator.egress.plan_check import PlanCheck

CHECKS: tuple[PlanCheck, ...] = (
    route_table_missing_default_route.CHECK,
    route_table_invalid_next_hop.CHECK,
    invalid_user_defined_routing_with_load_balancer_profile.CHECK,
    managed_nat_gateway_with_custom_vnet.CHECK,
    subnet_not_associated_with_nat_gateway.CHECK,
    custom_route_table_missing_permission.CHECK,
)
