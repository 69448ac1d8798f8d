"""Names and service tags are inputs."""

import json
from pathlib import Path

import pytest

from orchestrator.model.errors import UserError
from orchestrator.model.targets import TargetKind
from orchestrator.workflows.knowledge import read_knowledge
from orchestrator.workflows.target import TargetChoice

LAB, AZURE = TargetChoice(TargetKind.LOCAL, "lab", ""), TargetChoice(TargetKind.AZURE, "s", "")


def test_on_azure_nothing_is_known_that_is_not_said(tmp_path: Path) -> None:
    knowledge = read_knowledge(AZURE)
    assert (knowledge.name("mcr.microsoft.com"), knowledge.tag("AzureCloud")) == (None, None)
    file = tmp_path / "tags.json"
    file.write_text(json.dumps({"values": [{"name": "AzureCloud", "properties": {"addressPrefixes": ["20.0.0.0/8", "2603::/16"]}}]}))
    knowledge = read_knowledge(AZURE, "MCR.microsoft.com=1.2.3.4,1.2.3.5; gone.example=", str(file))
    assert str(knowledge.tag("azurecloud")) == "20.0.0.0/8"
    found, gone = knowledge.name("mcr.microsoft.com"), knowledge.name("gone.example")
    assert found is not None
    assert str(found.space) == "1.2.3.4/31"
    assert gone is not None
    assert not gone.exists


def test_the_lab_knows_its_own_internet_and_can_be_told_better() -> None:
    assert read_knowledge(LAB).tag("AzureCloud.westeurope") is not None
    found = read_knowledge(LAB, "a.example=9.9.9.9").name("a.example")
    assert found is not None
    assert str(found.space) == "9.9.9.9/32"


@pytest.mark.parametrize(
    ("choice", "resolve", "content", "code"),
    [
        (AZURE, "name", None, "InvalidResolve"),
        (AZURE, "=1.2.3.4", None, "InvalidResolve"),
        (AZURE, "name=here", None, "InvalidResolve"),
        (AZURE, "", None, "NoServiceTags"),
        (AZURE, "", "[]", "InvalidServiceTags"),
        (AZURE, "", "{", "InvalidServiceTags"),
        (AZURE, "", '{"values": [{}]}', "InvalidServiceTags"),
        (LAB, "", "{}", "LabHasServiceTags"),
    ],
)
def test_what_cannot_be_read_is_said(choice: TargetChoice, resolve: str, content: str | None, code: str, tmp_path: Path) -> None:
    file = tmp_path / "tags.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(UserError) as raised:
        read_knowledge(choice, resolve, str(file))
    assert [problem.code for problem in raised.value.problems] == [code]
