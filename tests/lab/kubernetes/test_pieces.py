"""The parts of the API server that need no cluster: selectors, watches, ages, patches, images, discovery paths."""

import asyncio
from typing import Any

import pytest

from orchestrator.lab.kubernetes.failures import KubernetesFailure
from orchestrator.lab.kubernetes.images import parse_image, read_pull
from orchestrator.lab.kubernetes.kinds import NAMESPACE, POD
from orchestrator.lab.kubernetes.objects import Objects
from orchestrator.lab.kubernetes.patches import MERGE, STRATEGIC, apply_patch
from orchestrator.lab.kubernetes.requests import parse_question
from orchestrator.lab.kubernetes.selectors import parse_selectors
from orchestrator.lab.kubernetes.tables import show_age

BODY = {"metadata": {"name": "a", "labels": {"app": "web", "tier": "1"}}, "status": {"phase": "Running"}}


@pytest.mark.parametrize(
    ("labels", "fields", "matches"),
    [
        ("", "", True),
        ("app=web,tier==1", "", True),
        ("app!=web", "", False),
        ("app in (web, api),tier", "", True),
        ("app notin (web)", "", False),
        ("!app", "", False),
        ("!other", "metadata.name=a,status.phase!=Failed", True),
        ("", "status.phase=Failed", False),
        ("", "spec.nodeName=", True),
    ],
)
def test_selectors(labels: str, fields: str, matches: bool) -> None:
    assert parse_selectors(labels, fields)(BODY) is matches


def test_a_selector_that_cannot_be_read() -> None:
    with pytest.raises(KubernetesFailure, match="unable to parse requirement"):
        parse_selectors("a b", "")


def namespace(name: str, **labels: str) -> dict[str, Any]:
    return {"metadata": {"name": name, "labels": labels}}


def test_a_watch_misses_nothing_and_sees_only_what_matches() -> None:
    async def work() -> list[tuple[str, str]]:
        objects = Objects()
        objects.create(NAMESPACE, namespace("before", kept="yes"))
        since = str(objects.version)
        made = objects.create(NAMESPACE, namespace("one", kept="yes"))
        objects.create(NAMESPACE, namespace("two"))
        seen = []

        async def follow() -> None:
            async for event, body in objects.watch(NAMESPACE, since, lambda body: "kept" in body["metadata"]["labels"]):
                seen.append((event, body["metadata"]["name"]))

        task = asyncio.create_task(follow())
        await asyncio.sleep(0)
        with objects.changing(NAMESPACE, made) as changed:
            del changed["metadata"]["labels"]["kept"]
        objects.delete(NAMESPACE, "", "one")
        objects.delete(NAMESPACE, "", "before")
        objects.close()
        await task
        return seen

    assert asyncio.run(work()) == [("ADDED", "one"), ("DELETED", "one"), ("DELETED", "before")]


def test_a_change_of_something_else_is_a_conflict() -> None:
    objects = Objects()
    made = objects.create(NAMESPACE, namespace("a"))
    objects.replace(NAMESPACE, {**made, "status": {"phase": "x"}}, made["metadata"]["resourceVersion"])
    with pytest.raises(KubernetesFailure, match="the object has been modified") as refusal:
        objects.replace(NAMESPACE, {**made, "status": {"phase": "y"}}, made["metadata"]["resourceVersion"])
    assert (refusal.value.status, refusal.value.reason) == (409, "Conflict")
    with pytest.raises(KubernetesFailure, match='namespaces "no" not found'):
        objects.create(POD, {"metadata": {"name": "p", "namespace": "no"}})


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0s"),
        (119, "119s"),
        (120, "2m"),
        (192, "3m12s"),
        (600, "10m"),
        (7259, "120m"),
        (22140, "6h9m"),
        (3600 * 24, "24h"),
        (86400 * 3, "3d"),
    ],
)
def test_ages(seconds: int, shown: str) -> None:
    end = f"2026-01-{1 + seconds // 86400:02}T{seconds // 3600 % 24:02}:{seconds // 60 % 60:02}:{seconds % 60:02}+00:00"
    assert show_age("2026-01-01T00:00:00+00:00", end) == shown


def test_patches() -> None:
    current = {"a": 1, "containers": [{"name": "x", "image": "1"}, {"name": "y"}]}
    assert apply_patch(MERGE, current, {"a": None, "containers": []}) == {"containers": []}
    merged = apply_patch(STRATEGIC, current, {"containers": [{"name": "x", "image": "2"}, {"name": "y", "$patch": "delete"}, {"name": "z"}]})
    assert merged == {"a": 1, "containers": [{"name": "x", "image": "2"}, {"name": "z"}]}
    with pytest.raises(KubernetesFailure, match="the lab takes patches of type"):
        apply_patch("application/json-patch+json", current, {})


@pytest.mark.parametrize(
    ("text", "manifest", "full"),
    [
        ("nginx", "https://registry-1.docker.io/v2/library/nginx/manifests/latest", "docker.io/library/nginx:latest"),
        ("org/app:1", "https://registry-1.docker.io/v2/org/app/manifests/1", "docker.io/org/app:1"),
        ("mcr.microsoft.com/a/b:2", "https://mcr.microsoft.com/v2/a/b/manifests/2", "mcr.microsoft.com/a/b:2"),
        ("r.example:5000/a@sha256:00", "https://r.example:5000/v2/a/manifests/sha256:00", "r.example:5000/a@sha256:00"),
    ],
)
def test_images(text: str, manifest: str, full: str) -> None:
    image = parse_image(text)
    assert image is not None
    assert (image.manifest, image.full) == (manifest, full)


def test_names_that_are_no_image() -> None:
    assert [parse_image(text) for text in ("Upper/case", "a b", "x;y", "")] == [None] * 4


@pytest.mark.parametrize(
    ("output", "end"),
    [
        ("refused 404 https://mcr.microsoft.com/v2/a/manifests/1", "mcr.microsoft.com/a:1: not found"),
        ("failed 6 https://mcr.microsoft.com/v2/a/manifests/1 curl: (6) x", "dial tcp: lookup mcr.microsoft.com: no such host"),
        ("failed 28 https://d.example/x curl: (28) x", 'failed to do request: Get "https://d.example/x": dial tcp d.example:443: i/o timeout'),
        ("failed 60 https://d.example/x curl: (60) x", "x509: certificate signed by unknown authority"),
    ],
)
def test_why_an_image_is_not_pulled(output: str, end: str) -> None:
    image = parse_image("mcr.microsoft.com/a:1")
    assert image is not None
    assert read_pull(image, "pulled\n") is None
    assert str(read_pull(image, output)).endswith(end)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/api/v1/namespaces/x", ("namespaces", "", "x", "")),
        ("/api/v1/pods", ("pods", "", "", "")),
        ("/api/v1/namespaces/x/pods/p/log", ("pods", "x", "p", "log")),
        ("/apis/batch/v1/namespaces/x/jobs", ("jobs", "x", "", "")),
        ("/api/v1/pods/p", None),
        ("/apis/batch/v1/namespaces/x/pods", None),
        ("/api/v1/namespaces/x/nodes", None),
        ("/api/v1/namespaces/x/pods/p/attach", None),
        ("/nowhere", None),
    ],
)
def test_paths(path: str, found: tuple[str, ...] | None) -> None:
    if found is None:
        with pytest.raises(KubernetesFailure, match="could not find the requested resource"):
            parse_question(path, {}, "")
        return
    question = parse_question(path, {}, "application/json;as=Table;v=v1;g=meta.k8s.io")
    assert (question.kind.plural, question.namespace, question.name, question.subresource, question.table) == (*found, True)
