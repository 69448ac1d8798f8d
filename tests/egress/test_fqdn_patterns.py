"""learn.microsoft.com/azure/firewall/firewall-faq, on wildcards."""

import pytest

from orchestrator.egress.firewall.fqdn_patterns import covers_pattern, is_valid_pattern, matches_fqdn


@pytest.mark.parametrize(
    ("pattern", "host", "matches"),
    [
        ("contoso.com", "contoso.com", True),
        ("contoso.com", "www.contoso.com", False),
        ("*.contoso.com", "contoso.com", False),
        ("*.contoso.com", "www.contoso.com", True),
        ("*.contoso.com", "a.b.contoso.com", True),
        ("*.contoso.com", "anycontoso.com", False),
        ("*contoso.com", "anycontoso.com", True),
        ("*contoso.com", "contoso.com", True),
        ("*", "contoso.com", True),
        ("www.*.com", "www.contoso.com", False),
        ("**.com", "contoso.com", False),
        ("", "contoso.com", False),
    ],
)
def test_matches(pattern, host, matches):
    assert matches_fqdn(pattern, host) is matches


@pytest.mark.parametrize(("pattern", "valid"), [("*.a", True), ("*", True), ("a", True), ("", False), ("a*", False), ("*.*.a", False), ("a.*.b", False)])
def test_a_star_stands_at_the_far_left_only(pattern, valid):
    assert is_valid_pattern(pattern) is valid


@pytest.mark.parametrize(
    ("wide", "narrow", "covers"),
    [("*", "*.a", True), ("*.a", "*.b.a", True), ("*.b.a", "*.a", False), ("*a", "*.a", True), ("*.a", "*a", False), ("*.a", "a", False), ("a", "a", True)],
)
def test_covers(wide, narrow, covers):
    assert covers_pattern(wide, narrow) is covers
