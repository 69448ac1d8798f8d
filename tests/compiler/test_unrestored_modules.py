"""A registry's module that is not in the cache: an error, unless the caller lets it stand; then it is a deployment of which nothing is known."""

from pathlib import Path

from orchestrator.compiler import compile_file

SOURCE = """
@secure()
param secret string

module firewall 'br:mcr.microsoft.com/bicep/not-restored/firewall:1.0.0' = {
  name: 'firewall'
  params: { secret: secret, anything: [1] }
}
module many 'br/public:not-restored/many:2.0.0' = [for name in ['a', 'b']: {
  name: name
}]
module spec 'ts:00000000-0000-0000-0000-000000000000/rg/spec:1.0' = {
  name: 'spec'
}

output address string = firewall.outputs.address
output first string = many[0].outputs.id
"""


def test_it_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "main.bicep").write_text(SOURCE)
    found = compile_file(tmp_path / "main.bicep")
    assert found.template is None
    assert [one.code for one in found.diagnostics if one.level.name == "ERROR" and one.code != "BCP062"] == ["BCP192", "BCP192", "BCP192"]


def test_it_may_stand(tmp_path: Path) -> None:
    (tmp_path / "main.bicep").write_text(SOURCE)
    found = compile_file(tmp_path / "main.bicep", allow_unrestored=True)
    assert found.template is not None, found.diagnostics
    links = {body["name"]: body["properties"]["templateLink"] for body in found.template["resources"]}
    assert links == {
        "firewall": {"id": "br:mcr.microsoft.com/bicep/not-restored/firewall:1.0.0"},
        "[createArray('a', 'b')[copyIndex()]]": {"id": "br:mcr.microsoft.com/bicep/not-restored/many:2.0.0"},
        "spec": {"id": "ts:00000000-0000-0000-0000-000000000000/rg/spec:1.0"},
    }
    assert (
        found.template["outputs"]["address"]["value"]
        == "[reference(resourceId('Microsoft.Resources/deployments', 'firewall'), '2025-04-01').outputs.address.value]"
    )


def test_what_is_wrong_stays_wrong(tmp_path: Path) -> None:
    (tmp_path / "main.bicep").write_text("module a 'br:not a reference' = { name: 'a' }\nmodule b './missing.bicep' = { name: 'b' }\nvar c = nowhere\n")
    found = compile_file(tmp_path / "main.bicep", allow_unrestored=True)
    assert {one.code for one in found.diagnostics if one.level.name == "ERROR"} == {"BCP193", "BCP091", "BCP057"}
