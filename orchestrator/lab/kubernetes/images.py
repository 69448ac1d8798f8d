"""Images: what a reference means, and pulling one with real requests from the node's network, as a container runtime does it.

The script asks for the manifest (with a token where the registry wants one), then for each blob, following its redirect to the host that has it. What it
cannot get ends it, with curl's own words; the message that a pod shows is worded like containerd's.
"""

import re
import shlex
from dataclasses import dataclass

_OK = "pulled"
_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Image:
    """`registry`: the host that is asked; `name` and `reference` (tag or digest) on it; `full`: as containerd writes it."""

    registry: str
    name: str
    reference: str
    full: str

    @property
    def manifest(self) -> str:
        """The address of its manifest."""
        return f"https://{self.registry}/v2/{self.name}/manifests/{self.reference}"


def parse_image(text: str) -> Image | None:
    """What an image's reference names (docker.io and :latest understood); None where it is none."""
    rest, _, digest = text.partition("@")
    head, slash, tail = rest.partition("/")
    if not slash or not ("." in head or ":" in head or head == "localhost"):
        head, tail = "docker.io", rest if slash else f"library/{rest}"
    name, _, tag = tail.partition(":")
    reference = digest or tag or "latest"
    if not re.fullmatch(r"[a-z0-9]+(?:[._/-]+[a-z0-9]+)*", name) or not re.fullmatch(r"[\w][\w.:-]{0,127}", reference):
        return None
    registry = "registry-1.docker.io" if head == "docker.io" else head
    return Image(registry, name, reference, f"{head}/{name}{'@' if digest else ':'}{reference}")


_SCRIPT = r"""
say() { printf '%s\n' "$*"; exit 0; }
get() {
  code=$(curl -q -sS -4 --noproxy '*' --max-time "$T" -D "$d/head" -o "$d/body" -w '%{http_code}' "$@" 2>"$d/error")
  status=$?
  [ $status = 0 ] || say "failed $status $url $(cat "$d/error")"
}
field() { tr -d '\r' <"$d/head" | sed -n "s/^$1: //Ip" | head -n1; }
d=$(mktemp -d)
A='Accept: application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json'
url=$M; get -H "$A" "$M"
if [ "$code" = 401 ]; then
  challenge=$(field www-authenticate)
  part() { printf '%s' "$challenge" | sed -n "s/.*$1=\"\([^\"]*\)\".*/\1/p"; }
  url=$(part realm); get -G --data-urlencode "service=$(part service)" --data-urlencode "scope=$(part scope)" "$url"
  token=$(sed -n 's/.*"token": *"\([^"]*\)".*/\1/p' "$d/body")
  url=$M; get -H "$A" -H "Authorization: Bearer $token" "$M"
fi
[ "$code" = 200 ] || say "refused $code $url"
for digest in $(grep -o 'sha256:[0-9a-f]\{64\}' "$d/body" | sort -u); do
  url=${M%/manifests/*}/blobs/$digest; get ${token:+-H "Authorization: Bearer $token"} "$url"
  if [ "$code" = 307 ] || [ "$code" = 302 ]; then url=$(field location); get "$url"; fi
  [ "$code" = 200 ] || say "refused $code $url"
  [ "sha256:$(sha256sum <"$d/body" | cut -d' ' -f1)" = "$digest" ] || say "refused digest $url"
done
say pulled
"""


def pull_script(image: Image) -> str:
    """A script that pulls an image where it runs, and says how that went in one line."""
    return f"M={shlex.quote(image.manifest)} T={_SECONDS}\n{_SCRIPT}"


def read_pull(image: Image, output: str) -> str | None:
    """None where the image was pulled; else why not, as containerd would say it."""
    line = output.strip().splitlines()[-1] if output.strip() else "failed 0 - no answer"
    if line == _OK:
        return None
    word, code, url, *rest = [*line.split(" ", 3), "", ""][:4]
    failed = f'failed to pull and unpack image "{image.full}": '
    stage = f'failed to resolve reference "{image.full}": ' if ("/blobs/" not in url and image.registry in url) or "token" in url or "auth" in url else ""
    if word == "refused":
        return failed + stage + _refusal(image, code, url)
    host = url.split("/")[2] if url.count("/") > 1 else url
    return f'{failed}{stage}failed to do request: Get "{url}": {_network_error(code, host, " ".join(rest))}'


def _refusal(image: Image, code: str, url: str) -> str:
    if code == "404":
        return f"{image.full}: not found"
    if code in ("401", "403"):
        return "pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed"
    return f"unexpected status from GET request to {url}: {code}"


def _network_error(code: str, host: str, said: str) -> str:
    """curl's exit status in the words of Go's network library, which a runtime uses."""
    if code == "6":
        return f"dial tcp: lookup {host}: no such host"
    if code == "7":
        return f"dial tcp {host}:443: connect: connection refused"
    if code == "28":
        return f"dial tcp {host}:443: i/o timeout"
    if code in ("35", "56") and ("reset" in said or "SYSCALL" in said):
        return "read: connection reset by peer"
    if code in ("35", "52"):
        return "EOF"
    if code == "60":
        return "tls: failed to verify certificate: x509: certificate signed by unknown authority"
    return said or f"curl ended with {code}"
