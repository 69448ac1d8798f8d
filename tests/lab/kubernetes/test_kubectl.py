"""The real kubectl against a cluster of the lab, with real packets behind it."""

import json

import pytest

from tests.lab.kubernetes.conftest import Kubectl
from tests.waiting import wait_until

pytestmark = pytest.mark.packets

JOB = """
apiVersion: v1
kind: Namespace
metadata: {name: probes}
---
apiVersion: batch/v1
kind: Job
metadata: {name: hello, namespace: probes}
spec:
  backoffLimit: 0
  activeDeadlineSeconds: 30
  template:
    metadata: {labels: {app: hello}}
    spec:
      restartPolicy: Never
      hostNetwork: true
      automountServiceAccountToken: false
      nodeSelector: {kubernetes.azure.com/agentpool: nodepool1}
      containers:
      - name: probe
        image: mcr.microsoft.com/azurelinux/base/nodejs:24
        env: [{name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}, {name: WORD, value: "on $(NODE)"}]
        command: [sh, -c, 'echo "$WORD"; curl -sS -m 5 http://ifconfig.me; grep CapBnd /proc/self/status; exit EXIT']
        securityContext: {runAsNonRoot: true, runAsUser: 65532, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
"""


def said(done) -> tuple[int, str]:
    return done.returncode, (done.stdout + done.stderr).strip()


def test_a_job_is_applied_awaited_read_and_deleted(kubectl: Kubectl) -> None:
    manifest = JOB.replace("EXIT", "0")
    assert said(kubectl("apply", "-f", "-", given=manifest)) == (0, "namespace/probes created\njob.batch/hello created")
    assert said(kubectl("wait", "-n", "probes", "--for=condition=complete", "job/hello", "--timeout=60s")) == (0, "job.batch/hello condition met")
    assert said(kubectl("apply", "-f", "-", given=manifest)) == (0, "namespace/probes unchanged\njob.batch/hello unchanged")
    word, address, capabilities = kubectl("logs", "-n", "probes", "job/hello").stdout.splitlines()
    assert word.startswith("on aks-nodepool1-")
    assert address.startswith("20.")
    assert capabilities.split() == ["CapBnd:", "0000000000000000"]
    assert "Complete   1/1" in kubectl("get", "jobs", "-n", "probes").stdout
    described = kubectl("describe", "pod", "-n", "probes", "-l", "app=hello").stdout
    assert "Successfully pulled image" in described
    assert "Started container probe" in described
    assert kubectl("delete", "job", "hello", "-n", "probes").returncode == 0
    assert said(kubectl("get", "pods", "-n", "probes")) == (0, "No resources found in probes namespace.")
    assert kubectl("delete", "namespace", "probes").returncode == 0
    assert said(kubectl("get", "ns", "probes")) == (1, 'Error from server (NotFound): namespaces "probes" not found')


def test_a_job_that_fails(kubectl: Kubectl) -> None:
    manifest = JOB.replace("EXIT", "3").replace("probes", "failing")
    assert kubectl("apply", "-f", "-", given=manifest).returncode == 0
    assert kubectl("wait", "-n", "failing", "--for=condition=failed", "job/hello", "--timeout=60s").returncode == 0
    pod = json.loads(kubectl("get", "pods", "-n", "failing", "-o", "json").stdout)["items"][0]
    assert pod["status"]["phase"] == "Failed"
    assert pod["status"]["containerStatuses"][0]["state"]["terminated"]["exitCode"] == 3
    assert kubectl("delete", "ns", "failing").returncode == 0


def test_an_image_behind_the_firewall_as_in_the_tutorial(kubectl: Kubectl) -> None:
    """The registry is on no allow list: the node's own requests are reset, and the pod says so."""
    assert said(kubectl("run", "blocked", "--image=quay.io/org/app")) == (0, "pod/blocked created")
    wait_until(lambda: "ErrImagePull" in kubectl("get", "pods").stdout)
    assert kubectl("exec", "blocked", "--", "true").stderr.strip() == 'error: unable to upgrade connection: container not found ("blocked")'
    message = kubectl("get", "pod", "blocked", "-o", "jsonpath={.status.containerStatuses[0].state.waiting.message}").stdout
    assert message == (
        'failed to pull and unpack image "quay.io/org/app:latest": failed to resolve reference "quay.io/org/app:latest": '
        'failed to do request: Get "https://quay.io/v2/org/app/manifests/latest": read: connection reset by peer'
    )
    assert "trying and failing to pull image" in kubectl("logs", "blocked").stderr
    assert kubectl("delete", "pod", "blocked").returncode == 0


def test_a_pod_of_an_allowed_image_and_exec(kubectl: Kubectl) -> None:
    assert kubectl("run", "nginx", "--image=nginx").returncode == 0
    assert kubectl("wait", "--for=condition=Ready", "pod/nginx", "--timeout=60s").returncode == 0
    assert "1/1     Running" in kubectl("get", "pods").stdout
    assert kubectl("exec", "nginx", "--", "curl", "-sS", "http://ifconfig.me").stdout.startswith("20.")
    assert kubectl("exec", "nginx", "--", "curl", "-sS", "http://example.com").stdout == (
        "Action: Deny. Reason: No rule matched. Proceeding with default action."
    )
    assert kubectl("exec", "nginx", "--", "sh", "-c", "exit 7").returncode == 7
    refused = kubectl("exec", "-i", "nginx", "--", "sh", given="echo hello\n")
    assert "the lab's exec takes no input" in refused.stdout + refused.stderr
    assert kubectl("label", "pod", "nginx", "a=b").returncode == 0
    assert "nginx" in kubectl("get", "pods", "-l", "a in (b, c),run").stdout
    assert kubectl("delete", "pod", "nginx").returncode == 0


def test_logs_are_followed_and_a_deleted_pod_ends(kubectl: Kubectl) -> None:
    script = "for i in 1 2 3; do echo line $i; sleep 0.1; done; echo $HOME"
    assert kubectl("run", "talker", "--image=mcr.microsoft.com/x/y:1", "--restart=Never", "--", "sh", "-c", script).returncode == 0
    wait_until(lambda: kubectl("logs", "talker").returncode == 0)
    assert kubectl("logs", "-f", "talker").stdout == "line 1\nline 2\nline 3\n/tmp\n"
    assert kubectl("logs", "--tail=1", "talker").stdout == "/tmp\n"
    assert kubectl("delete", "pod", "talker").returncode == 0
    assert kubectl("run", "sleeper", "--image=mcr.microsoft.com/x/y:1", "--", "sleep", "600").returncode == 0
    assert kubectl("wait", "--for=condition=Ready", "pod/sleeper", "--timeout=60s").returncode == 0
    assert kubectl("delete", "pod", "sleeper", "--wait").returncode == 0


def test_nodes_and_discovery(kubectl: Kubectl) -> None:
    lines = kubectl("get", "nodes", "-o", "wide").stdout.splitlines()
    assert len(lines) == 4
    assert all("-vmss00000" in line and " Ready " in line and "10.42.1." in line for line in lines[1:])
    assert {line.split()[0] for line in kubectl("api-resources", "--no-headers").stdout.splitlines()} == {"events", "namespaces", "nodes", "pods", "jobs"}
    assert "Server Version: v1." in kubectl("version").stdout


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("backoffLimit: 0", "backofLimit: 0", 'strict decoding error: unknown field "spec.backofLimit"'),
        ("restartPolicy: Never", "restartPolicy: Always", 'spec.template.spec.restartPolicy: Unsupported value: "Always"'),
        ("hostNetwork: true", "initContainers: [{name: i, image: i}]", "the lab runs no init containers"),
        ("name: hello, namespace", "name: Hello, namespace", 'metadata.name: Invalid value: "Hello"'),
        ("runAsUser: 65532, ", "", "container has runAsNonRoot and image will run as root"),
    ],
)
def test_what_is_refused(kubectl: Kubectl, old: str, new: str, message: str) -> None:
    done = kubectl("apply", "-f", "-", given=JOB.replace("EXIT", "0").replace("probes", "refused").replace(old, new))
    if done.returncode == 0:
        waiting = "jsonpath={.items[*].status.containerStatuses[*].state.waiting.message}"
        assert message in wait_until(lambda: kubectl("get", "pods", "-n", "refused", "-o", waiting).stdout)
    else:
        assert message in done.stderr
    assert kubectl("delete", "ns", "refused").returncode == 0
