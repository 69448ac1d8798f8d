"""Foreign exceptions become ours in one place: azure.core's classes in, ArmError or OperationFailed out."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from azure.core import exceptions as azure

from orchestrator.model.errors import ArmError, OperationFailed
from orchestrator.model.json_value import JsonObject

ANSWERED = frozenset(
    {
        azure.HttpResponseError,
        azure.DecodeError,
        azure.IncompleteReadError,
        azure.ResourceExistsError,
        azure.ResourceNotFoundError,
        azure.ClientAuthenticationError,
        azure.ResourceModifiedError,
        azure.ResourceNotModifiedError,
        azure.TooManyRedirectsError,
        azure.ODataV4Error,
    }
)
"""There is an answer: ARM's envelope where it holds one."""

UNREACHED = frozenset({azure.ServiceRequestError, azure.ServiceRequestTimeoutError})
"""The request never arrived."""

BROKEN = frozenset(
    {
        azure.AzureError,
        azure.ServiceResponseError,
        azure.ServiceResponseTimeoutError,
        azure.StreamConsumedError,
        azure.StreamClosedError,
        azure.ResponseNotReadError,
        azure.SerializationError,
        azure.DeserializationError,
    }
)
"""The request may have arrived; its answer cannot be used."""


@contextmanager
def azure_errors(action: str, address: str = "Azure Resource Manager") -> Iterator[None]:
    """Turn what azure.core raises inside into ArmError or OperationFailed; `action` says what was being done."""
    try:
        yield
    except azure.HttpResponseError as error:
        if (unreached := _find_unreached(error)) is not None:
            raise _unreached(unreached, action, address) from error
        _raise_answer(error, action)
    except azure.ServiceRequestError as error:
        raise _unreached(error, action, address) from error
    except (azure.AzureError, azure.SerializationError, azure.DeserializationError) as error:
        remedy = "Run it again: a deployment that was accepted goes on by itself, and doing it twice changes nothing."
        raise OperationFailed(f"cannot {action}: the answer of {address} cannot be used ({_first_line(error)})", remedy) from error


def read_error_body(text: str, status: int) -> ArmError | None:
    """The ArmError of an answer's text; None where it is no ARM envelope."""
    try:
        body = json.loads(text)
    except ValueError:
        return None
    error = body.get("error") if isinstance(body, dict) else None
    return ArmError.from_json(_tidy(error), status) if isinstance(error, dict) and error.get("code") else None


def _find_unreached(error: BaseException) -> azure.ServiceRequestError | None:
    """A login that failed because nobody answered: azure-identity and msal wrap what happened."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, azure.ServiceRequestError):
        cause = cause.__cause__ or cause.__context__
    return cause


def _unreached(error: azure.ServiceRequestError, action: str, address: str) -> OperationFailed:
    return OperationFailed(f"cannot {action}: {address} cannot be reached ({_first_line(error)})", _reach_remedy(address))


def _raise_answer(error: azure.HttpResponseError, action: str) -> NoReturn:
    response: Any = error.response
    arm_error = read_error_body(response.text(), response.status_code) if response is not None else None
    if arm_error is not None:
        raise arm_error from error
    if isinstance(error, azure.ClientAuthenticationError):
        remedy = "Log in with `az login`, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET; in a pipeline map SYSTEM_ACCESSTOKEN."
        raise OperationFailed(f"cannot {action}: the login failed ({_first_line(error)})", remedy) from error
    status = f"HTTP {response.status_code}, " if response is not None else ""
    raise OperationFailed(f"cannot {action}: {status}an answer without ARM's error envelope ({_first_line(error)})") from error


def _tidy(error: JsonObject) -> JsonObject:
    """Details that are no objects are dropped: some providers put null there."""
    details = error.get("details")
    return {**error, "details": [_tidy(d) for d in details if isinstance(d, dict)] if isinstance(details, list) else []}


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _reach_remedy(address: str) -> str:
    if "localhost" in address or "127.0.0.1" in address:
        return "The lab stopped. Run the command again: it starts the lab, and what was acknowledged is kept."
    return "Look at the network, the proxy variables and the clock of this machine."
