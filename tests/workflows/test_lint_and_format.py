"""./inv lint and ./inv format: carets for people, SARIF for pipelines, and a status for both."""

import json

from cli import Project

WRONG = "param name string\nparam unused int\noutput o int = name\n"
UGLY = "output   o string = 'x'\n\n\n"


def test_the_project_is_clean_and_formatted(project: Project) -> None:
    linted, formatted = project.inv("lint"), project.inv("format", "--check")
    assert (linted.status, linted.err) == (0, "")
    assert linted.out.endswith("files: nothing is wrong\n")
    assert (formatted.status, formatted.err) == (0, "")


def test_problems_have_carets_and_a_sarif_report(project: Project) -> None:
    (project.path / "wrong dir").mkdir()
    (project.path / "wrong dir" / "wrong.bicep").write_text(WRONG)
    ended = project.inv("lint", "--sarif", "out/lint.sarif", "--", "wrong dir")
    assert ended.status == 1
    assert ended.out == "  1 file: 1 error, 1 warning\n"
    assert ended.err.splitlines()[0].startswith("wrong dir/wrong.bicep:2:7: warning no-unused-params: ")
    assert ended.err.splitlines()[2] == "          ^~~~~~"
    (run,) = json.loads((project.path / "out" / "lint.sarif").read_text())["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["BCP033", "no-unused-params"]
    place = {"uri": "wrong%20dir/wrong.bicep", "uriBaseId": "PROJECTROOT"}
    assert {json.dumps(result["locations"][0]["physicalLocation"]["artifactLocation"]) for result in run["results"]} == {json.dumps(place)}
    assert [(result["level"], result["locations"][0]["physicalLocation"]["region"]) for result in run["results"]] == [
        ("warning", {"startLine": 2, "startColumn": 7, "endLine": 2, "endColumn": 13}),
        ("error", {"startLine": 3, "startColumn": 16, "endLine": 3, "endColumn": 20}),
    ]


def test_an_environment_is_linted_with_what_it_stands_on(project: Project) -> None:
    project.edit("bicep/topologies/udr.bicep", r"\Z", "\nvar nobodyUsesThis = 1\n")
    ended = project.inv("lint", "--env", "udr", "--sarif", "-")
    assert ended.status == 1  # bicep/bicepconfig.json makes it an error, and with it the file that uses the topology
    assert {result["ruleId"] for result in json.loads(ended.out)["runs"][0]["results"]} == {"no-unused-vars", "BCP104"}


def test_check_writes_nothing_and_format_does(project: Project) -> None:
    path = project.path / "bicep" / "ugly.bicep"
    path.write_text(UGLY)
    checked = project.inv("format", "--check")
    assert checked.status == 1
    assert "would change: bicep/ugly.bicep" in checked.out
    assert path.read_text() == UGLY
    assert project.inv("format", "--", "bicep/ugly.bicep").status == 0
    assert path.read_text() == "output o string = 'x'\n"
    assert project.inv("format", "--check").status == 0


def test_what_is_no_bicep_is_said(project: Project) -> None:
    ended = project.inv("format", "--", "nowhere", "parameters/udr.yaml")
    assert ended.status == 1
    assert "no file or folder 'nowhere'" in ended.err
    assert "'parameters/udr.yaml' is no Bicep file" in ended.err
