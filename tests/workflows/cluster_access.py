"""The real kubectl on a cluster of a project's lab."""

import base64
import os
import subprocess
from collections.abc import Callable

from cli import Project

from orchestrator.clients.connection import connect
from orchestrator.lab import lifecycle

Kubectl = Callable[..., str]


def make_kubectl(project: Project, group: str, cluster: str) -> Kubectl:
    """kubectl with the kubeconfig that the lab gives; what it prints, on both streams."""
    connection = connect(lifecycle.ensure_started(project.lab), {})
    try:
        answer = connection.containers.managed_clusters.list_cluster_user_credentials(group, cluster)
    finally:
        connection.close()
    value = bytes(answer.kubeconfigs[0].value)
    config = project.path / "kubeconfig"
    config.write_bytes(value if value.startswith(b"apiVersion") else base64.b64decode(value))
    environment = {"PATH": os.environ["PATH"], "HOME": str(project.path), "KUBECONFIG": str(config)}

    def run(*arguments: str, given: str = "") -> str:
        done = subprocess.run(["kubectl", *arguments], input=given, env=environment, capture_output=True, text=True, timeout=30, check=False)
        return done.stdout + done.stderr

    return run
