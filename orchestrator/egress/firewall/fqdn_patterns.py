"""FQDN patterns of application rules: `*` stands at the far left only, and for any characters, dots included.

learn.microsoft.com/azure/firewall/firewall-faq: `*.contoso.com` does not match `contoso.com`; `*contoso.com` also matches `anycontoso.com`.
"""


def is_valid_pattern(pattern: str) -> bool:
    """False where a `*` stands anywhere but at the far left; Azure refuses such a rule, so it matches nothing."""
    return bool(pattern) and "*" not in pattern[1:]


def matches_fqdn(pattern: str, host: str) -> bool:
    """True where a name (in lower case) matches a pattern (in lower case)."""
    if pattern[:1] != "*":
        return pattern == host
    return is_valid_pattern(pattern) and host.endswith(pattern[1:])


def covers_pattern(wide: str, narrow: str) -> bool:
    """True where every name that matches the narrow pattern matches the wide one too."""
    if narrow[:1] != "*":
        return matches_fqdn(wide, narrow)
    return wide[:1] == "*" and is_valid_pattern(wide) and narrow[1:].endswith(wide[1:])
