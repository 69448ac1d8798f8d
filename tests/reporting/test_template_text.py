"""JSON as the official tools print it; each pair is what release 0.49.2 prints."""

import pytest

from orchestrator.reporting.template_text import render_build_params, render_snapshot, render_template


@pytest.mark.parametrize(
    ("text", "template", "snapshot"),
    [
        ("é<>&'+/", '"é<>&\'+/"', '"é<>&\'+/"'),
        ("\u0085\u2028\u2029", r'"\u0085\u2028\u2029"', r'"\u0085\u2028\u2029"'),
        ("\x01\x7f", '"\\u0001\x7f"', r'"\u0001\u007F"'),
        ("\U0001f600", '"\U0001f600"', r'"\uD83D\uDE00"'),
        ('"\\\n', r'"\"\\\n"', r'"\"\\\n"'),
        ("\ud800", '"\ufffd"', r'"\uD800"'),
    ],
)
def test_characters(text: str, template: str, snapshot: str) -> None:
    assert render_template(text) == template
    assert render_snapshot(text) == snapshot


def test_both_documents_stand_in_one_line() -> None:
    assert render_build_params({"a": "\u2028"}, None) == r'{"parametersJson":"{\n  \"a\": \"\\u2028\"\n}","templateJson":null,"templateSpecId":null}'
