"""The lab's own login: one tenant, one client, client credentials. Messages and codes are those of Microsoft Entra ID, as far as clients read them."""

import hmac

from orchestrator.lab.control_plane.messages import Answer, Call
from orchestrator.lab.directory import CLIENT_ID, TENANT_ID
from orchestrator.lab.tokens import LIFETIME_SECONDS, make_token
from orchestrator.model.json_value import JsonObject

_DEFAULT_AUDIENCE = "https://management.azure.com/"


class Login:
    """Answers at the authority's address."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    async def token(self, call: Call) -> Answer:
        """POST /{tenant}/oauth2[/v2.0]/token."""
        form: dict[str, str] = call.body if isinstance(call.body, dict) else {}
        if call.parts["tenant"].lower() != TENANT_ID:
            return _refuse(400, "invalid_request", f"AADSTS90002: Tenant '{call.parts['tenant']}' not found. The lab's tenant is {TENANT_ID}.", call)
        if form.get("grant_type") != "client_credentials":
            return _refuse(400, "unsupported_grant_type", f"AADSTS70003: The app requested an unsupported grant type '{form.get('grant_type')}'.", call)
        if form.get("client_id", "").lower() != CLIENT_ID:
            return _refuse(
                400, "unauthorized_client", f"AADSTS700016: Application with identifier '{form.get('client_id')}' was not found in the directory.", call
            )
        if not hmac.compare_digest(form.get("client_secret", "").encode(), self._secret.encode()):
            return _refuse(
                401, "invalid_client", f"AADSTS7000215: Invalid client secret provided for app '{CLIENT_ID}'. See lab.json, or `./inv lab.env`.", call
            )
        audience = form.get("resource") or form.get("scope", "").removesuffix("/.default") or _DEFAULT_AUDIENCE
        token: JsonObject = {"token_type": "Bearer", "expires_in": LIFETIME_SECONDS, "ext_expires_in": LIFETIME_SECONDS}
        return Answer(200, {**token, "access_token": make_token(self._secret, audience)}, {"Cache-Control": "no-store"})

    async def openid_configuration(self, call: Call) -> Answer:
        """GET /{tenant}[/v2.0]/.well-known/openid-configuration."""
        root = f"{call.base}/{call.parts['tenant']}"
        return Answer(
            200,
            {
                "issuer": f"{root}/v2.0",
                "authorization_endpoint": f"{root}/oauth2/v2.0/authorize",
                "token_endpoint": f"{root}/oauth2/v2.0/token",
                "jwks_uri": f"{root}/discovery/v2.0/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
                "response_types_supported": ["code", "id_token", "token"],
                "scopes_supported": ["openid"],
                "subject_types_supported": ["pairwise"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "tenant_region_scope": None,
                "cloud_instance_name": call.base.partition("://")[2],
            },
        )

    async def instance(self, call: Call) -> Answer:
        """GET /common/discovery/instance."""
        host = call.base.partition("://")[2]
        return Answer(
            200,
            {
                "tenant_discovery_endpoint": f"{call.base}/{TENANT_ID}/v2.0/.well-known/openid-configuration",
                "api-version": "1.1",
                "metadata": [{"preferred_network": host, "preferred_cache": host, "aliases": [host]}],
            },
        )


def _refuse(status: int, error: str, description: str, call: Call) -> Answer:
    number = int(description.removeprefix("AADSTS").partition(":")[0])
    return Answer(status, {"error": error, "error_description": description, "error_codes": [number], "correlation_id": call.correlation_id})
