"""Deployments over HTTP: validate, what-if, create, follow, cancel."""

import uuid

from orchestrator.lab.control_plane.messages import Answer, Call, accepted
from orchestrator.lab.control_plane.operations import HOLD_SECONDS
from orchestrator.lab.deployments.service import DeploymentService
from orchestrator.lab.deployments.what_if import WhatIfService
from orchestrator.lab.state.world import FINAL_STATES
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resource_id import ResourceId, parse_resource_id

_KEPT = 50


class Deployments:
    """Handlers of {scope}/providers/Microsoft.Resources/deployments."""

    def __init__(self, service: DeploymentService, what_if: WhatIfService) -> None:
        self._service = service
        self._what_if = what_if
        self._answers: dict[str, JsonObject] = {}

    async def list(self, call: Call) -> Answer:
        """GET all at a scope."""
        return Answer(200, {"value": [record.body for record in self._service.all_at(call.parts["scope"])]})

    async def get(self, call: Call) -> Answer:
        """GET one; held for a moment while it runs, since some clients (the official Bicep CLI) ask again only after 10 s."""
        await self._service.wait(_id(call), HOLD_SECONDS)
        return Answer(200, self._service.get(_id(call)).body)

    async def head(self, call: Call) -> Answer:
        """HEAD: 204 where it exists."""
        self._service.get(_id(call))
        return Answer(204)

    async def put(self, call: Call) -> Answer:
        """PUT: begin."""
        record, created = self._service.begin(_id(call), call.object_body())
        status_id = uuid.uuid4().int % 10**20
        headers = {"Azure-AsyncOperation": call.link(f"{record.id}/operationStatuses/{status_id:020d}"), "retry-after-ms": "20"}
        return Answer(201 if created else 200, record.body, headers)

    async def delete(self, call: Call) -> Answer:
        """DELETE: forget it; what it deployed stays."""
        self._service.delete(_id(call))
        return Answer(204)

    async def validate(self, call: Call) -> Answer:
        """POST validate: 200, or the error."""
        return Answer(200, self._service.validate(_id(call), call.object_body()).body)

    async def what_if(self, call: Call) -> Answer:
        """POST whatIf: 202 and Location."""
        name = str(uuid.uuid4())
        self._answers[name] = self._what_if.answer(_id(call), call.object_body())
        for old in list(self._answers)[:-_KEPT]:
            del self._answers[old]
        answer = accepted(call.link(f"/subscriptions/{_id(call).subscription}/providers/Microsoft.Resources/whatIfResults/{name}"))
        return Answer(answer.status, None, {**answer.headers, "retry-after-ms": "5"})

    async def what_if_result(self, call: Call) -> Answer:
        """GET the answer of a what-if."""
        answer = self._answers.get(call.parts["result"].lower())
        if answer is None:
            raise ArmError("WhatIfResultNotFound", "This answer of a what-if is not there: ask again.", status=404)
        return Answer(200, answer)

    async def operations(self, call: Call) -> Answer:
        """GET all operations, as they began."""
        operations = [operation for operation in self._service.get(_id(call)).operations.values()]
        return Answer(200, {"value": operations})

    async def operation(self, call: Call) -> Answer:
        """GET one operation."""
        operation = self._service.get(_id(call)).operations.get(call.parts["operation"].upper())
        if operation is None:
            raise ArmError("DeploymentOperationNotFound", f"Deployment operation '{call.parts['operation']}' could not be found.", status=404)
        return Answer(200, operation)

    async def status(self, call: Call) -> Answer:
        """GET the state, for who follows Azure-AsyncOperation; held for a moment while it runs."""
        await self._service.wait(_id(call), HOLD_SECONDS)
        record = self._service.get(_id(call))
        body: JsonObject = {"status": record.state}
        if "error" in record.body["properties"]:
            body["error"] = record.body["properties"]["error"]
        return Answer(200, body, {} if record.state in FINAL_STATES else {"retry-after-ms": "20"})

    async def cancel(self, call: Call) -> Answer:
        """POST cancel."""
        self._service.cancel(_id(call))
        return Answer(204)

    async def export_template(self, call: Call) -> Answer:
        """POST exportTemplate; nested deployments keep none of their own."""
        template = self._service.get(_id(call)).template
        if template is None:
            raise ArmError(
                "TemplateNotAvailable", f"The nested deployment '{_id(call).name}' has no template of its own: export that of the outer one.", status=404
            )
        return Answer(200, {"template": template})


def _id(call: Call) -> ResourceId:
    """The deployment's id as ARM spells it, the name as the client does."""
    return parse_resource_id(f"{call.parts['scope']}/providers/Microsoft.Resources/deployments/{call.parts['deployment']}")
