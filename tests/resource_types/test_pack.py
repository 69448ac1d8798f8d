"""A pack gives back what was packed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.resource_types.pack import Pack, pack

MEMBERS = st.dictionaries(st.text(min_size=1, max_size=9), st.binary(max_size=200), max_size=6)


@given(members=MEMBERS)
def test_every_member_comes_back(tmp_path_factory: pytest.TempPathFactory, members: dict[str, bytes]) -> None:
    path = tmp_path_factory.mktemp("pack") / "some.pack"
    path.write_bytes(pack(members))
    read = Pack(path)
    assert read.names() == tuple(sorted(members))
    assert {name: read.find(name) for name in members} == members
    assert read.find("a name longer than any member's") is None


def test_the_order_of_members_does_not_matter() -> None:
    assert pack({"a": b"1", "b": b"2"}) == pack({"b": b"2", "a": b"1"})


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "some.pack"
    path.write_bytes(b"{}")
    with pytest.raises(ValueError, match=r"some\.pack is no pack: it starts with b'{}'"):
        Pack(path).find("a")
