"""Run-command on a cluster: a shell command in a pod, its output as `az aks command invoke` shows it.

As in AKS the pod has a service account that may do everything, so that kubectl, where this machine has it, works in it: it goes to the API server's own name,
over the pod's network and through whatever stands in between.
"""

import asyncio
import logging
import uuid

from orchestrator.lab.control_plane.messages import Answer, Call, accepted
from orchestrator.lab.control_plane.operations import HOLD_SECONDS
from orchestrator.lab.data_plane_link import DataPlaneLink
from orchestrator.lab.deployments.records import timestamp
from orchestrator.lab.kubernetes.clusters import Clusters
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resource_id import ResourceId

_LOG = logging.getLogger(__name__)
_LIMIT_SECONDS = 120.0
_KEPT = 200
OUTPUT_BYTES = 512 * 1024
"""What AKS gives of a command's output at most."""
_NAMESPACE = "aks-command"


class RunCommand:
    """Commands that run, and the results of the last ones. They live as long as the daemon. `clusters`: who gives the pods their tokens.

    output_bytes: where the output is cut off, which is at 512 kB unless a test wants less.
    """

    def __init__(self, data_plane: DataPlaneLink, clusters: Clusters) -> None:
        self._data_plane = data_plane
        self._clusters = clusters
        self._commands: dict[str, asyncio.Task[JsonObject]] = {}
        self.output_bytes = OUTPUT_BYTES

    @property
    def busy(self) -> bool:
        """True while a command runs."""
        return any(not task.done() for task in self._commands.values())

    async def begin(self, call: Call, cluster_id: ResourceId, cluster: JsonObject) -> Answer:
        """POST .../runCommand {command}: 202 and where the result will be, or the result."""
        command = call.object_body().get("command")
        if not isinstance(command, str) or not command.strip():
            raise ArmError("InvalidParameter", "Required parameter command is missing (null).", target="command")
        if call.object_body().get("context"):
            raise ArmError("LabNotSupported", "The lab's run-command takes no files (context).")
        if cluster["properties"].get("provisioningState") not in ("Succeeded", "Updating"):
            raise ArmError("OperationNotAllowed", f"The cluster {cluster_id} is in state {cluster['properties'].get('provisioningState')}.", status=409)
        if (cluster["properties"].get("apiServerAccessProfile") or {}).get("disableRunCommand"):
            message = f"Run command is disabled on the cluster {cluster_id} (apiServerAccessProfile.disableRunCommand)."
            raise ArmError("RunCommandDisabled", message, status=400)
        name = uuid.uuid4().hex
        task = asyncio.get_running_loop().create_task(self._run(cluster, command, name))
        self._commands[name] = task
        for old in list(self._commands)[:-_KEPT]:
            del self._commands[old]
        return await self._answer(call, f"{cluster_id}/commandResults/{name}", task)

    async def result(self, call: Call, resource_id: ResourceId) -> Answer:
        """GET .../commandResults/{name}: 202 until it is there."""
        task = self._commands.get(resource_id.name.lower())
        if task is None:
            raise ArmError("CommandResultNotFound", f"The command '{resource_id.name}' is not there: the lab may have ended while it was running.", status=404)
        return await self._answer(call, str(resource_id), task)

    async def _answer(self, call: Call, path: str, task: "asyncio.Task[JsonObject]") -> Answer:
        await asyncio.wait([task], timeout=HOLD_SECONDS)
        return Answer(200, task.result()) if task.done() else accepted(call.link(path))

    async def _run(self, cluster: JsonObject, command: str, name: str) -> JsonObject:
        started = timestamp()
        server = str(cluster["properties"].get("fqdn"))
        result = await self._data_plane.run(
            str(cluster["id"]),
            command,
            network="pod",
            seconds=_LIMIT_SECONDS,
            environment={"KUBERNETES_SERVICE_HOST": server, "KUBERNETES_SERVICE_PORT": "443"},
            files={"token": self._clusters.make_token(cluster), "namespace": _NAMESPACE},
        )
        _LOG.info("run-command %s: exit code %d", name, result.exit_code)
        logs = result.output.encode()[: self.output_bytes].decode(errors="ignore")
        properties = {"provisioningState": "Succeeded", "exitCode": result.exit_code, "logs": logs, "startedAt": started, "finishedAt": timestamp()}
        return {"id": name, "properties": properties}
