"""Container registries of the lab's internet: challenge, token, manifest, and blobs that are redirected to another host, as the real ones do it.

Every image exists there, with one layer; what is in it is the lab's own. The addresses follow the OCI distribution specification 1.1.
"""

import hashlib
import json
import re
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from orchestrator.lab.dataplane.http_messages import RequestHead, make_response

MCR_DATA_HOST = "westeurope.data.mcr.microsoft.com"
"""Where mcr.microsoft.com sends clients for blobs; the real one chooses a region near the client."""

_MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json"
_VERSION = ("Docker-Distribution-Api-Version", "registry/2.0")
_MANIFEST = re.compile(r"/v2/(?P<name>.+)/manifests/(?P<reference>[^/]+)")
_BLOB = re.compile(r"/v2/(?P<name>.+)/blobs/(?P<digest>sha256:[0-9a-f]{64})")
_TOKEN = "lab-registry-token"  # noqa: S105 - everyone may have it


@dataclass(frozen=True, slots=True)
class Registry:
    """One registry, or a pattern of them. `realm`: where a token is to be had, None where none is needed; `data`: the host of the blobs."""

    host: str
    data: str
    realm: str | None = None
    service: str = ""


REGISTRIES: tuple[Registry, ...] = (
    Registry("mcr.microsoft.com", MCR_DATA_HOST),
    Registry("registry-1.docker.io", "production.cloudflare.docker.com", "https://auth.docker.io/token", "registry.docker.io"),
    Registry("ghcr.io", "pkg-containers.githubusercontent.com", "https://ghcr.io/token", "ghcr.io"),
    Registry("quay.io", "cdn01.quay.io", "https://quay.io/v2/auth", "quay.io"),
    Registry("registry.k8s.io", "prod-registry-k8s-io-eu-west-1.s3.dualstack.eu-west-1.amazonaws.com"),
    Registry("*.azurecr.io", "weumanaged1.blob.core.windows.net", "https://{host}/oauth2/token", "{host}"),
)


@dataclass(slots=True)
class Registries:
    """All registries, and the blobs that their manifests have named."""

    _blobs: dict[str, bytes] = field(default_factory=dict)

    def answer(self, host: str, head: RequestHead) -> bytes | None:
        """The answer of a registry, of its token server or of its blobs' host; None for anything else."""
        path = urlsplit(head.target).path
        registry = next((row for row in REGISTRIES if fnmatchcase(host, row.host)), None)
        if any(row.realm is not None and row.realm.format(host=host) == f"https://{host}{path}" for row in REGISTRIES):
            return _json("200 OK", {"token": _TOKEN, "expires_in": 300})
        if registry is not None and (path == "/v2" or path.startswith("/v2/")):
            return self._answer_registry(registry, host, path, head)
        if any(row.data == host for row in REGISTRIES) and path.removeprefix("/") in self._blobs:
            return make_response("200 OK", self._blobs[path.removeprefix("/")], content_type="application/octet-stream")
        return None

    def _answer_registry(self, registry: Registry, host: str, path: str, head: RequestHead) -> bytes:
        name = path.removeprefix("/v2").strip("/").partition("/manifests/")[0].partition("/blobs/")[0]
        if registry.realm is not None and head.field("authorization") != f"Bearer {_TOKEN}":
            return _challenge(registry, host, name)
        if path in ("/v2", "/v2/"):
            return make_response("200 OK", b"{}", content_type="application/json", fields=(_VERSION,))
        if (manifest := _MANIFEST.fullmatch(path)) is not None:
            return self._answer_manifest(host, manifest["name"], manifest["reference"])
        if (blob := _BLOB.fullmatch(path)) is not None and blob["digest"] in self._blobs:
            return make_response("307 Temporary Redirect", b"", fields=(("Location", f"https://{registry.data}/{blob['digest']}"),))
        return _json("404 Not Found", {"errors": [{"code": "NAME_UNKNOWN", "message": "there is no such thing in the lab's registry"}]})

    def _answer_manifest(self, host: str, name: str, reference: str) -> bytes:
        blobs = [f"{kind} of {host}/{name}:{reference}\n".encode() for kind in ("configuration", "layer")]
        config, layer = ({"digest": self._keep(blob), "size": len(blob)} for blob in blobs)
        types = "application/vnd.oci.image.config.v1+json", "application/vnd.oci.image.layer.v1.tar+gzip"
        body = {"schemaVersion": 2, "mediaType": _MANIFEST_TYPE, "config": {"mediaType": types[0], **config}, "layers": [{"mediaType": types[1], **layer}]}
        data = json.dumps(body, separators=(",", ":")).encode()
        fields = (_VERSION, ("Docker-Content-Digest", f"sha256:{hashlib.sha256(data).hexdigest()}"))
        return make_response("200 OK", data, content_type=_MANIFEST_TYPE, fields=fields)

    def _keep(self, blob: bytes) -> str:
        digest = f"sha256:{hashlib.sha256(blob).hexdigest()}"
        self._blobs[digest] = blob
        return digest


def _challenge(registry: Registry, host: str, name: str) -> bytes:
    scope = f',scope="repository:{name}:pull"' if name else ""
    challenge = f'Bearer realm="{str(registry.realm).format(host=host)}",service="{registry.service.format(host=host)}"{scope}'
    return _json("401 Unauthorized", {"errors": [{"code": "UNAUTHORIZED", "message": "authentication required"}]}, ("WWW-Authenticate", challenge))


def _json(status: str, body: object, *fields: tuple[str, str]) -> bytes:
    return make_response(status, json.dumps(body).encode() + b"\n", content_type="application/json", fields=(_VERSION, *fields))
