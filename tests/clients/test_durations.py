"""ISO 8601 durations."""

import pytest

from orchestrator.clients.durations import parse_duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("PT2.5S", 2.5), ("PT1M2S", 62), ("PT1H", 3600), ("P1DT1S", 86401), ("PT0S", 0), ("", None), (None, None), ("P", None), ("PT", None), ("5 s", None)],
)
def test_a_duration(text: str | None, seconds: float | None) -> None:
    assert parse_duration(text) == seconds
