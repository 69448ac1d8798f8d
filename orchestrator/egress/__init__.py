"""What leaves a cluster: the network's model and its traced flows, checks of the plan, expected addresses, probes, verification. Pure, but for the runner.

Import from the modules: a what-if needs no verifier, and a person waits for each import.

plan_checks.check_plan(snapshot: Snapshot) -> tuple[Finding, ...]
    Azure's create-time refusals, found before the first write. ERROR stops a deployment; UNKNOWN is never fine.
network.clusters.find_clusters(snapshot: Snapshot) -> tuple[Resource, ...]
    the managed clusters of a plan or of what was deployed
expected_addresses.expected_addresses(snapshot: Snapshot, cluster_id: str) -> ExpectedEgress
    ExpectedEgress(addresses: frozenset[str], resources: tuple[str, ...], owners: Mapping[str, str], unknown: str | None)
verify.verify(environment: str, demands: EgressDemands, snapshot: Snapshot, cluster_id: str, runner: Runner, *,
              run_id: str = "once", probe_seconds: float = 10.0, echo_requests: int = 12) -> Verification
    EgressDemands(must_reach: Sequence[Endpoint], must_be_blocked: Sequence[Expectation], address_echo: Sequence[Endpoint] = (),
                  images: Sequence[str] = (), probe_image: str = PROBE_IMAGE)
    snapshot: every resource of the environment's group and of the node resource groups, as they are after the deployment
    Runner: run(jobs: Sequence[Job], *, timeout: float) -> Sequence[JobResult(output: str, problem: str | None, image_pull: bool)]; raises CouldNotRun
    Job: name, place (node pool, pod or node network), command (the script), namespace and manifest (what is submitted)
"""
