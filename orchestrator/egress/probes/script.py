"""Builds the one sh script that runs all probes in the cluster, in parallel and each with a bounded time.

Theory of operation: a probe is one curl process in the background (`-q`: no curlrc; `--noproxy`, unless the cluster has a proxy: the network's own way out;
IPv4, as the addresses that are expected). Its body, its error text and its timings go to files of its own, and when it is done one printf writes one line of
JSON, so that lines of probes never mix; what is not curl's own number is base64. Probes are dealt out to lanes that run side by side, so that one that waits
for an answer keeps none of the others waiting, and neighbours in a list, which often are of one kind, are in different lanes. UDP needs bash's /dev/udp,
since curl has none. The script says where and when it begins and ends, and exits with 0 whatever the probes saw: the lines are the answer. Facts wanted of
curl are named one by one with `-w`, which every release understands, where `%{json}` came with 7.70 only.
"""

import shlex
from collections.abc import Iterable, Sequence

from orchestrator.egress.probes.probe import ImagePull, Probe
from orchestrator.egress.probes.pull_script import FUNCTIONS, PULL, PULL_STEPS, call_pull

BEGIN = "@@egress-probes-begin@@"
END = "@@egress-probes-end@@"
LINE = "@@egress-probe@@"
PROBLEM = "@@egress-probes-problem@@"

LANES = 96
"""Probes that run at once."""

UDP_REQUESTS: dict[int, str] = {
    53: r"\022\064\001\000\000\001\000\000\000\000\000\000\007example\003com\000\000\001\000\001",
    123: r"\033" + r"\000" * 47,
}
"""What a service on a UDP port answers: a DNS question for example.com (RFC 1035), an NTP client's request (RFC 5905). As printf escapes."""

_FACTS = (
    '"http":"%{http_code}","proxy":"%{http_connect}","dns":%{time_namelookup},"connect":%{time_connect},'
    '"appconnect":%{time_appconnect},"total":%{time_total},"ip":"%{remote_ip}"'
)

_FUNCTIONS = r"""
LC_ALL=C; export LC_ALL RES_OPTIONS
for tool in curl base64 mktemp head tr timeout sed grep; do
  command -v $tool >/dev/null 2>&1 || { echo "$P no $tool where the probes run"; exit 0; }
done
d=$(mktemp -d) || { echo "$P no writable temporary directory where the probes run"; exit 0; }
trap 'rm -rf "$d"' EXIT
say() { printf '%s %s\n' "$1" "$(date +%s%N 2>/dev/null)"; }
encoded() { [ -s "$1" ] && head -c "$2" "$1" | base64 -w 0; }
row() {
  facts=; [ -s "$d/$1.facts" ] && IFS= read -r facts <"$d/$1.facts"
  printf '%s{"n":%s,"exit":%s,"facts":{%s},"body":"%s","error":"%s"}\n' "$M" "$1" "$2" "$facts" "$(encoded "$d/$1.body" 256)" "$(encoded "$d/$1.error" 240)"
}
fetch() {
  curl -q -sS -4 ${3:+--noproxy "*"} --connect-timeout $T --max-time $T --max-filesize 1048576 -o "$d/$1.body" -w "$W" "$2" >"$d/$1.facts" 2>"$d/$1.error"
  row "$1" $?
}
h() { fetch "$1" "$2" "$N" </dev/null; }
t() { printf '\r\n' | fetch "$1" "telnet://$2" past; }
u() {
  timeout $U bash -c 'exec 3<>"/dev/udp/$1/$2" && printf "$3" >&3 && echo sent >&2 && dd bs=2048 count=1 <&3' - "$2" "$3" "$4" >"$d/$1.body" 2>"$d/$1.error"
  row "$1" $?
}
"""
"""h: an http or https request; t: a TCP connection that says a line; u: a UDP request, which has half the time: it is one
round trip, where TLS takes three. First argument: the probe's number."""


def build_script(probes: Iterable[Probe], pulls: Sequence[ImagePull] = (), *, seconds: float, proxied: bool = False) -> str:
    """The script. `seconds`: the longest time that one probe may take, its connection included; `proxied`: http and https by the proxy of its environment."""
    calls = [_call(probe) for probe in probes]
    lanes = [calls[lane::LANES] for lane in range(min(LANES, len(calls)))]
    lines = [f"{call_pull(pull)} &" for pull in pulls]
    lines += [f"{lane[0]} &" if len(lane) == 1 else f"{{ {'; '.join(lane)}; }} &" for lane in lanes]
    proxy, resolver = "" if proxied else "past", _resolver_options(seconds)
    variables = f"M='{LINE}' I='{PULL}' P='{PROBLEM}' T={seconds:g} U={seconds / 2:g} N={proxy} RES_OPTIONS='{resolver}' W='{_FACTS}'"
    return "\n".join([variables, _FUNCTIONS.strip(), *([FUNCTIONS.strip()] if pulls else []), f"say '{BEGIN}'", *lines, "wait", f"say '{END}'", "exit 0", ""])


def _resolver_options(seconds: float) -> str:
    """A resolver's two attempts within a probe's time: by default it takes 10 s, and curl waits for it to the end, whatever `--max-time` says."""
    return f"timeout:{max(1, int((seconds - 1) / 2))} attempts:2"


def longest_seconds(probes: Sequence[Probe], pulls: Sequence[ImagePull] = (), *, seconds: float) -> float:
    """How long the script may take at most: its longest lane, the steps of a pull, and a margin for what starts it."""
    in_a_lane = -(-len(probes) // LANES)
    return in_a_lane * (seconds + 2) + (PULL_STEPS * seconds if pulls else 0) + 60


def _call(probe: Probe) -> str:
    endpoint = probe.endpoint
    match endpoint.protocol:
        case "http" | "https":
            return f"h {probe.number} {shlex.quote(f'{endpoint.protocol}://{endpoint.host}:{endpoint.port}{probe.path}')}"
        case "tcp":
            return f"t {probe.number} {shlex.quote(f'{endpoint.host}:{endpoint.port}')}"
        case "udp":
            request = UDP_REQUESTS.get(endpoint.port, r"\n")
            return f"u {probe.number} {shlex.quote(endpoint.host)} {endpoint.port} {shlex.quote(request)}"
        case _:
            raise ValueError(f"there is no probe for the protocol {endpoint.protocol!r}")
