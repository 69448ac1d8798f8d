"""Bearer tokens of the lab: signed, not stored, so that they survive a restart. Their form is that of a JSON web token (RFC 7519, HS256)."""

import base64
import hashlib
import hmac
import json
import time

from orchestrator.lab.directory import CLIENT_ID, OBJECT_ID, TENANT_ID
from orchestrator.model.json_value import JsonObject

LIFETIME_SECONDS = 24 * 3600


def make_token(secret: str, audience: str, *, now: float | None = None) -> str:
    """A token for the lab's one client, signed with a key derived from its secret."""
    issued = int(time.time() if now is None else now)
    claims: JsonObject = {
        "aud": audience,
        "iss": f"https://sts.windows.net/{TENANT_ID}/",
        "iat": issued,
        "nbf": issued,
        "exp": issued + LIFETIME_SECONDS,
        "appid": CLIENT_ID,
        "oid": OBJECT_ID,
        "sub": OBJECT_ID,
        "tid": TENANT_ID,
        "idtyp": "app",
        "ver": "1.0",
    }
    signed = f"{_encode(json.dumps({'typ': 'JWT', 'alg': 'HS256'}).encode())}.{_encode(json.dumps(claims).encode())}"
    return f"{signed}.{_encode(_sign(secret, signed))}"


def check_token(secret: str, token: str, *, now: float | None = None) -> str | None:
    """None where the token is good; else why it is not. The signature is compared in constant time, and before anything is read."""
    signed, _, signature = token.rpartition(".")
    if not hmac.compare_digest(_encode(_sign(secret, signed)).encode(), signature.encode()):
        return "The access token is invalid: its signature does not match."
    claims = json.loads(_decode(signed.partition(".")[2]))
    if claims["exp"] < (time.time() if now is None else now):
        return "The access token has expired."
    return None


def _sign(secret: str, text: str) -> bytes:
    key = hmac.digest(secret.encode(), b"lab token key", hashlib.sha256)
    return hmac.digest(key, text.encode("utf-8", "surrogateescape"), hashlib.sha256)


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
