"""The tables of presend.toml for the doors: every mistake says key, what is wrong and what is allowed."""

import pytest

from checker.company import PolicyError
from checker.files import default_policy
from checker.policy import load_company
from checker.service.settings import settings_of


def load(table):
    return load_company(default_policy(), f"[service]\n{table}\n".encode())


# What is written under [service], the key that the message names, and a word of what is allowed.
MISTAKES = [
    ("port = 70000", "service.port", "65535"),
    ("port = 80.5", "service.port", "whole number"),
    ("workers = 0", "service.workers", "from 1"),
    ("threads = 0", "service.threads", "from 1"),
    ("check_seconds = 0", "service.check_seconds", "above 0"),
    ('log_level = "loud"', "service.log_level", "debug, info, warning, error"),
    ('origins = ["addin.company.com"]', "service.origins", "https://addin.company.com"),
    ('origins = ["https://addin.company.com/path"]', "service.origins", "as a browser sends it"),
    ('hosts = ["https://presend.company.com"]', "service.hosts", "without scheme"),
    ('redis = "localhost:6379"', "service.redis", "redis://"),
    ('trusted_proxy = "nginx"', "service.trusted_proxy", "127.0.0.1"),
    ("prot = 1", "service.prot", "did you mean port?"),
    ('[service.jwt]\nissuer = "https://a"', "service.jwt.audience", "all three"),
    (
        '[service.jwt]\nissuer = "a"\naudience = "b"\njwks_url = "http://a.example/keys"',
        "service.jwt.jwks_url",
        "https://",
    ),
]


@pytest.mark.parametrize(("table", "key", "allowed"), MISTAKES)
def test_a_mistake_is_told_with_its_key(table, key, allowed):
    with pytest.raises(PolicyError) as refused:
        load(table)
    assert refused.value.key == key
    assert allowed in str(refused.value)


def test_the_passwords_of_urls_are_not_repeated():
    with pytest.raises(PolicyError) as refused:
        load('redis = "http://:secret31337@host"')
    assert "secret31337" not in str(refused.value)


def test_what_is_right_is_taken():
    company = load(
        'hosts = ["presend.company.com", "[::1]"]\norigins = ["moz-extension://abc"]\nredis = "redis://h/0"\n'
        '[service.jwt]\nissuer = "i"\naudience = "a"\njwks_url = "http://127.0.0.1:1/k"'
    )
    settings = settings_of(company.doors["service"])
    assert settings.jwt is not None and settings.jwt.audience == "a"
    assert settings.origins == ("moz-extension://abc",)
    assert settings_of(load("").doors["service"]).jwt is None


def test_how_a_door_runs_changes_no_ruleset(ruleset, company):
    """The hash says what a verdict depends on."""
    from dataclasses import replace

    from checker.compile import build
    from checker.rule_folders import shipped_rules

    assert build(shipped_rules(), replace(company, doors={"service": {"port": 1}})).hash == ruleset.hash
