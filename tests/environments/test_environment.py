import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from orchestrator.egress.probes.probe import plan_pulls
from orchestrator.environments import list_environments, load_environment
from orchestrator.environments.yaml_document import read_yaml
from orchestrator.model.errors import UserError
from orchestrator.model.flows import Endpoint, Expectation, Outcome

PROJECT = Path(__file__).resolve().parents[2]

MINIMAL = """\
resourceGroup: rg-one
location: westeurope
egress:
  mustReach: []
  mustBeBlocked: []
"""


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "parameters"
    folder.mkdir()
    shutil.copy(PROJECT / "parameters/environment.schema.json", folder)
    return tmp_path


def write(project, text, name="one"):
    (project / "parameters" / f"{name}.bicepparam").write_text("using 'x.bicep'\n")
    (project / "parameters" / f"{name}.yaml").write_text(text)


def problems_of(project, text):
    write(project, text)
    with pytest.raises(UserError) as caught:
        load_environment(project, "one")
    return [(d.line, d.column, d.code, d.message) for d in caught.value.diagnostics]


def test_the_schema_is_one_and_teaches():
    schema = json.loads((PROJECT / "parameters/environment.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    described = [
        *schema["properties"].items(),
        *schema["properties"]["egress"]["properties"].items(),
        *((k, v) for k, v in schema["$defs"].items() if k != "urlOrParts"),
    ]
    assert [name for name, body in described if not body.get("description")] == []


@pytest.mark.parametrize("name", list_environments(PROJECT))
def test_the_projects_environments_load(name):
    environment = load_environment(PROJECT, name)
    assert environment.name == name
    assert environment.must_reach
    assert (environment.must_be_blocked != ()) == (name == "udr")


def test_the_tutorials_groups():
    groups = {name: load_environment(PROJECT, name).resource_group for name in list_environments(PROJECT)}
    assert groups == {
        "lb": "rg-aks-lb",
        "managed-natgw": "rg-aks-natgateway",
        "udr": "rg-aks-udr",
        "user-natgw": "rg-aks-usernatgateway",
    }


def test_values(project):
    write(
        project,
        """\
resourceGroup: rg
location: northeurope
subscription: 3f2c6a10-7c1e-4a55-9d0b-0c8f3a5e1b77
tags: {team: a, when: "2026"}
egress:
  mustReach: [https://A.example, "http://b.example:8080/", {host: C.example, protocol: udp, port: 123}, {host: d.example, protocol: https}]
  mustBeBlocked:
    - https://x.example
    - {url: "http://y.example", as: http-470}
    - {host: z.example, protocol: tcp, port: 22, as: silent-drop}
  addressEcho: [http://ifconfig.me]
""",
    )
    environment = load_environment(project, "one")
    assert environment.subscription == "3f2c6a10-7c1e-4a55-9d0b-0c8f3a5e1b77"
    assert environment.tags == {"team": "a", "when": "2026"}
    assert environment.must_reach == (
        Endpoint("https", "a.example", 443),
        Endpoint("http", "b.example", 8080),
        Endpoint("udp", "c.example", 123),
        Endpoint("https", "d.example", 443),
    )
    assert environment.must_be_blocked == (
        Expectation(Endpoint("https", "x.example", 443), None),
        Expectation(Endpoint("http", "y.example", 80), Outcome.DENIED_HTTP_470),
        Expectation(Endpoint("tcp", "z.example", 22), Outcome.SILENT_DROP),
    )
    assert environment.address_echo == (Endpoint("http", "ifconfig.me", 80),)


IMAGES = "resourceGroup: rg\nlocation: northeurope\negress:\n  mustReach: []\n  mustBeBlocked: []\n"


def test_images(project):
    names = ["nginx", "nginx:1.25", "docker.io/library/nginx:1.25", "a.azurecr.io:5000/x/y--z__w:V1", f"quay.io/org/app@sha256:{'0' * 64}"]
    write(project, f"{IMAGES}  images: {json.dumps(names)}\n  probeImage: mcr.microsoft.com/x:1\n")
    environment = load_environment(project, "one")
    assert (environment.images, environment.probe_image) == (tuple(names), "mcr.microsoft.com/x:1")
    assert [f"{pull.host} {pull.name} {pull.reference}" for pull in plan_pulls(environment.images, 0)] == [
        "registry-1.docker.io library/nginx latest",
        "registry-1.docker.io library/nginx 1.25",
        "registry-1.docker.io library/nginx 1.25",
        "a.azurecr.io:5000 x/y--z__w V1",
        f"quay.io org/app sha256:{'0' * 64}",
    ]
    write(project, IMAGES)
    assert (load_environment(project, "one").images, load_environment(project, "one").probe_image) == ((), None)


@pytest.mark.parametrize("name", ["Nginx", "https://mcr.microsoft.com/x", "a b", "x:", "$(id)", "x;y", "a/../b", "x@sha256:12"])
def test_what_is_no_image(project, name):
    assert len(problems_of(project, f"{IMAGES}  images: [{json.dumps(name)}]\n")) == 1


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example:65536",
        "https://a.example:99999",
        "tcp://a.example:0",
        "https://1.2.3",
        "https://0x7f.1",
        "https://010.1.1.1",
        "https://300.1.1.1",
        "https://a..b",
    ],
)
def test_what_is_no_url(project, url):
    found = problems_of(project, MINIMAL.replace("mustReach: []", f"mustReach: ['{url}']\n  addressEcho: ['{url}']"))
    assert {(line, code) for line, _, code, _ in found} == {(4, "InvalidValue"), (5, "InvalidValue")}


def test_an_unknown_environment_names_the_nearest_and_all(project):
    write(project, MINIMAL, "udr")
    write(project, MINIMAL, "lb")
    with pytest.raises(UserError) as caught:
        load_environment(project, "urd")
    (problem,) = caught.value.problems
    assert (problem.code, problem.message) == ("UnknownEnvironment", "there is no environment 'urd'")
    assert problem.remedy == "did you mean 'udr'? environments: lb, udr"


@pytest.mark.parametrize("name", ["../udr", "", "x/y", "\0"])
def test_a_name_is_never_a_path(project, name):
    write(project, MINIMAL, "udr")
    with pytest.raises(UserError, match="there is no environment"):
        load_environment(project, name)


def test_half_an_environment(project):
    write(project, MINIMAL)
    (project / "parameters/one.bicepparam").rename(project / "parameters/two.bicepparam")
    with pytest.raises(UserError, match=r"has no one\.bicepparam"):
        load_environment(project, "one")
    with pytest.raises(UserError, match=r"two\.bicepparam has no two\.yaml beside it"):
        load_environment(project, "two")


def test_all_problems_at_once_with_their_places(project):
    text = """\
resourceGroop: x
location: 3
tags: {a: 1, a: b}
egress:
  mustReach:
    - https://mcr.microsoft.com/v2
    - {host: a.b, protocol: tcp}
    - {url: "http://a", host: b}
    - 5
    - {hots: x, protocol: http}
  mustBeBlocked:
    - {url: "http://a", as: http470}
"""
    assert problems_of(project, text) == [
        (1, 1, "MissingKey", "the key 'resourceGroup' is missing"),
        (1, 1, "UnknownKey", "unknown key 'resourceGroop'"),
        (2, 11, "WrongType", "location: expected a text, but 3 is a whole number"),
        (3, 11, "WrongType", "tags.a: expected a text, but 1 is a whole number"),
        (3, 14, "DuplicateKey", "the key 'a' stands twice in one mapping; first in line 3"),
        (6, 7, "InvalidValue", "egress.mustReach[0]: 'https://mcr.microsoft.com/v2' has not the form that is expected"),
        (7, 7, "MissingKey", "egress.mustReach[1]: the key 'port' is missing"),
        (8, 25, "UnknownKey", "egress.mustReach[2]: 'host' cannot stand here"),
        (9, 7, "WrongType", "egress.mustReach[3]: expected a text or an object, but 5 is a whole number"),
        (10, 7, "MissingKey", "egress.mustReach[4]: the key 'host' is missing"),
        (10, 8, "UnknownKey", "egress.mustReach[4]: unknown key 'hots'"),
        (12, 29, "InvalidValue", "egress.mustBeBlocked[0].as: 'http470' is none of: 'http-470', 'tls-refused', 'silent-drop', 'refused'"),
    ]


def test_an_unknown_key_names_the_nearest_and_shows_its_line(project):
    write(project, MINIMAL + "tag: {}\n")
    with pytest.raises(UserError) as caught:
        load_environment(project, "one")
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.remedy, diagnostic.source_line, diagnostic.path.name) == ("did you mean 'tags'?", "tag: {}", "one.yaml")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (1, 1, "MissingKey")),
        ("a: [", (1, 5, "YamlSyntax")),
        ("a: *x", (1, 4, "YamlSyntax")),
        ("a: b: c", (1, 5, "YamlSyntax")),
        ("- 1", (1, 1, "WrongType")),
        ("a: 1\n---\nb: 2", (2, 1, "YamlSyntax")),
        ("a: !!python/object:os.system x", (1, 4, "UnsupportedTag")),
        ("? [a]\n: 1", (1, 3, "InvalidKey")),
        ("a: \x00", (1, 1, "YamlSyntax")),
        ("a: " + "[" * 5000, (1, 33, "YamlTooLarge")),
        ("a: &a [*a]", (1, 4, "YamlTooLarge")),
        ("x" * 200_001, (1, 1, "YamlTooLarge")),
    ],
)
def test_what_is_no_document(project, text, expected):
    assert expected in [problem[:3] for problem in problems_of(project, text)]


def test_a_billion_laughs_end(project):
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"] + [
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    assert problems_of(project, "\n".join(lines))[0][2] == "YamlTooLarge"


def test_an_alias_is_its_value(project):
    write(project, MINIMAL.replace("mustReach: []", "mustReach: &list [https://a.example]").replace("mustBeBlocked: []", "mustBeBlocked: *list"))
    environment = load_environment(project, "one")
    assert [entry.endpoint for entry in environment.must_be_blocked] == list(environment.must_reach)


def test_a_file_that_is_not_utf_8(project):
    write(project, "")
    (project / "parameters/one.yaml").write_bytes(b"location: \xff")
    with pytest.raises(UserError, match="not UTF-8: byte 10"):
        load_environment(project, "one")


@given(
    st.text()
    | st.lists(
        st.sampled_from(
            ["a", "b", ": ", "- ", "\n", "  ", "{", "}", "[", "]", ", ", "&x ", "*x", "? ", "|", ">", "'", '"', "!!int ", "1:2", "2026-13-45", "#", "%", "<<"]
        )
    ).map("".join)
)
def test_any_text_is_a_value_or_a_problem(text):
    document = read_yaml(text, Path("x.yaml"))
    assert () in document.spans or document.value is None
    json.dumps(document.value, allow_nan=True)


def test_snat_states_a_demand(project):
    write(project, MINIMAL)
    assert load_environment(project, "one").connections_per_node is None
    write(project, MINIMAL + "snat: {connectionsPerNode: 500}\n")
    assert load_environment(project, "one").connections_per_node == 500
    assert "UnknownKey" in [code for _, _, code, _ in problems_of(project, MINIMAL + "snat: {connections: 5}\n")]


@pytest.mark.parametrize("text", ["!!int", "!!bool x", "!!float y"])
def test_a_tag_whose_value_is_none_of_its_kind_is_a_problem(text):
    assert [one.code for one in read_yaml(text, Path("x.yaml")).diagnostics] == ["InvalidValue"]
