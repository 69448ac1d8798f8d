"""The part of the probe script that pulls an image as far as its first kilobyte, and prints a line for each request, so that each host has its own answer.

The requests are those of a container runtime (OCI distribution specification 1.1): `/v2/`, a token where that is asked for, the manifest (of the first platform
where there are several), a blob, and the host that the blob is redirected to, which often is another one than the registry and is forgotten on allow lists.
"""

from orchestrator.egress.probes.probe import ImagePull

PULL = "@@egress-pull@@"

PULL_STEPS = 6
"""Requests that a pull makes one after the other."""

FUNCTIONS = r"""
step() {
  M="$I$1 $2 "; shift 2
  curl -q -sS -4 ${N:+--noproxy "*"} --connect-timeout $T --max-time $T --max-filesize 4194304 \
    -D "$d/$n.head" -o "$d/$n.body" -w "$W" "$@" >"$d/$n.facts" 2>"$d/$n.error"
  status=$?
  row $n $status
  code=${facts#*:\"}; code=${code%%\"*}
  [ $status = 0 ] && [ "$code" -lt 400 ]
}
field() { tr -d '\r' <"$d/$n.head" | sed -n "s/^$1: //Ip" | head -n1; }
part() { printf '%s' "$challenge" | sed -n "s/.*$1=\"\([^\"]*\)\".*/\1/p"; }
digest() { grep -o 'sha256:[0-9a-f]\{64\}' "$d/$n.body" | head -n1; }
site() { at=${1#*://}; printf '%s' "${at%%/*}"; }
p() {
  n=$1; host=$2; name=$3; reference=$4; token=
  a='Accept: application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json'
  a="$a, application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json"
  step v2 "$host" "https://$host/v2/" || {
    [ "$code" = 401 ] || return
    challenge=$(field www-authenticate); realm=$(part realm)
    step token "$(site "$realm")" -G --data-urlencode "service=$(part service)" --data-urlencode "scope=repository:$name:pull" "$realm" || return
    token=$(sed -n 's/.*"\(access_\)\{0,1\}token": *"\([^"]*\)".*/\2/p' "$d/$n.body")
  }
  while :; do
    step manifest "$host" -H "$a" ${token:+-H "Authorization: Bearer $token"} "https://$host/v2/$name/manifests/$reference" || return
    grep -q '"manifests"' "$d/$n.body" && reference=$(digest) || break
  done
  step blob "$host" -r 0-1023 ${token:+-H "Authorization: Bearer $token"} "https://$host/v2/$name/blobs/$(digest)" || return
  case $code in 30?) ;; *) return;; esac
  place=$(field location); case $place in /*) place="https://$host$place";; esac
  step blob "$(site "$place")" -r 0-1023 "$place"
}
"""
"""p: number, registry, name, tag or digest. It has a subshell of its own, so what it sets stays with it."""


def call_pull(pull: ImagePull) -> str:
    """The call of one pull; what it is called with needs no quotes (`ImagePull` sees to that)."""
    return f"p {pull.number} {pull.host} {pull.name} {pull.reference}"
