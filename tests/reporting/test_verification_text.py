"""The table expected / observed at several widths, and its last line."""

import pytest
from story import CHECKS

from orchestrator.model.flows import Check, CheckStatus, Verification
from orchestrator.reporting.styled_text import plain_text
from orchestrator.reporting.verification_text import render_verification, summarise_verification

ADDRESSES = Check("egress-address", "pods of c", "20.1.2.3 (publicIPAddresses/a-long-name), 20.1.2.4 (x)", "20.1.2.4", CheckStatus.PASSED)


def test_wide_is_one_row_for_each_check() -> None:
    assert plain_text(render_verification(Verification("e", (ADDRESSES,)))) == (
        "status  check           subject    expected                                                observed\n"
        "passed  egress-address  pods of c  20.1.2.3 (publicIPAddresses/a-long-name), 20.1.2.4 (x)  20.1.2.4\n"
        "\n"
        "The egress of e is as expected: 1 passed.\n"
    )


def test_narrower_breaks_between_words() -> None:
    assert plain_text(render_verification(Verification("e", (ADDRESSES,)), width=86)).splitlines()[1:3] == [
        "passed  egress-address  pods of c  20.1.2.3 (publicIPAddresses/a-long-name),  20.1.2.4",
        "                                   20.1.2.4 (x)",
    ]


def test_narrow_is_a_block_for_each_check() -> None:
    assert plain_text(render_verification(Verification("e", (ADDRESSES,)), width=60)).splitlines()[:3] == [
        "passed        egress-address  pods of c",
        "              expected   20.1.2.3 (publicIPAddresses/a-long-name), 20.1.2.4 (x)",
        "              observed   20.1.2.4",
    ]


def test_what_is_too_wide_stands_above_the_table() -> None:
    short = Check("must-reach", "https://a.example", "reached", "reached", CheckStatus.FAILED)
    assert plain_text(render_verification(Verification("e", (short, ADDRESSES)), width=66)).splitlines()[:5] == [
        "passed        egress-address  pods of c",
        "              expected   20.1.2.3 (publicIPAddresses/a-long-name), 20.1.2.4 (x)",
        "              observed   20.1.2.4",
        "status  check       subject            expected  observed",
        "FAILED  must-reach  https://a.example  reached   reached",
    ]


def test_predictions_stand_beside_what_was_observed() -> None:
    reach = Check("must-reach", "https://a.example", "reached", "reached (HTTP 200)", CheckStatus.PASSED, "", "TLS refused")
    other = Check("prediction", "https://a.example", "as predicted", "reached (HTTP 200)", CheckStatus.DISAGREES, "who knows", "TLS refused")
    assert plain_text(render_verification(Verification("e", (reach, other)))).splitlines() == [
        "status     check       subject            expected      predicted    observed",
        "passed     must-reach  https://a.example  reached       TLS refused  reached (HTTP 200)",
        "DISAGREES  prediction  https://a.example  as predicted  TLS refused  reached (HTTP 200)",
        "  note: https://a.example: who knows",
        "",
        "The egress of e is NOT as predicted: 1 passed, 1 disagrees.",
    ]
    assert plain_text(render_verification(Verification("e", (other,)), width=40)).splitlines()[:4] == [
        "DISAGREES     prediction  https://a.example",
        "              expected   as predicted",
        "              predicted  TLS refused",
        "              observed   reached (HTTP 200)",
    ]


@pytest.mark.parametrize(
    ("verification", "expected"),
    [
        (Verification("e", CHECKS), "The egress of e is NOT as expected: 1 passed, 1 failed, 1 inconclusive."),
        (Verification("e", CHECKS[:1]), "The egress of e is as expected: 1 passed."),
        (Verification("e", CHECKS[2:]), "The egress of e could not be judged (inconclusive): 1 inconclusive."),
        (Verification("e", CHECKS[:1], "no packets"), "The egress of e was not verified (could not run): 1 passed."),
        (Verification("e", ()), "The egress of e could not be judged (inconclusive)."),
    ],
)
def test_the_last_line(verification: Verification, expected: str) -> None:
    assert summarise_verification(verification) == expected
