"""Every setting is documented, and a wrong value stops the start with one sentence naming it."""

import re
from pathlib import Path

import pytest

from forum import config

ROOT = Path(__file__).resolve().parents[2]
NAMES = sorted(set(re.findall(r'"([A-Z]+(?:_[A-Z]+)*)"', (ROOT / "forum/config.py").read_text("utf-8"))))


def test_the_guard_sees_the_settings():
    assert {"HOST", "PORT", "DATABASE_URL", "SECRET_KEY", "WEB_WORKERS"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_setting_is_documented(name):
    assert f"`{name}`" in (ROOT / "docs/hosting.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "huit mille"),
        ("PORT", "٣"),
        ("DATABASE_URL", "mysql://x"),
        ("SEARCH_URL", "whoosh:"),
        ("SEARCH_URL", "postgresql:forum"),
        ("DATABASE_URL", "postgresql://host/forum?sslmod=require"),
        ("DATABASE_URL", "postgresql://host:70000/forum"),
        ("DATABASE_URL", "postgresql://one:1,two:0/forum"),
        ("DATABASE_URL", "postgresql://host/"),
        ("DATABASE_URL", "postgresql://[host/forum"),
        ("SECRET_KEY", "short"),
        ("BASE_URL", "forum.example.org"),
        ("MAIL_URL", "mail.example.org"),
        ("MAIL_URL", "smtp://"),
        ("MAIL_URL", "smtp://mail.example.org:port"),
        ("MAIL_URL", "smtp://mail.example.org?from=nobody"),
        ("DEMO", "yes"),
        ("SANDBOX", "no"),
        ("WEB_WORKERS", "0"),
    ],
)
def test_a_wrong_value_names_its_setting(name, value):
    with pytest.raises(config.WrongSetting, match=name):
        config.read({"SECRET_KEY": "long enough for a test", name: value})


def test_the_index_stands_in_the_database_only_where_that_is_postgresql():
    secret = {"SECRET_KEY": "long enough for a test", "SEARCH_URL": "postgresql:"}
    with pytest.raises(config.WrongSetting, match=r"SEARCH_URL.*DATABASE_URL"):
        config.read(secret)
    assert config.read(secret | {"DATABASE_URL": "postgresql://host/forum"}).search_url == "postgresql:"


def test_a_site_in_production_needs_its_own_secret():
    with pytest.raises(config.WrongSetting, match="SECRET_KEY"):
        config.read({"BASE_URL": "https://forum.example.org"})


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://genet:motus@one:5432,two:5433/forum?target_session_attrs=read-write",
        "postgresql://genet@host/forum?sslmode=verify-full&sslrootcert=/etc/ca.pem&connect_timeout=3",
        "postgresql:///forum?host=/run/postgresql",
        "postgresql://[::1]:5432/forum?options=-c%20statement_timeout%3D5000",
    ],
)
def test_whatever_libpq_knows_may_stand_in_the_address_of_the_database(url):
    assert config.read({"SECRET_KEY": "long enough for a test", "DATABASE_URL": url}).database_url == url


@pytest.mark.parametrize("url", ["postgresql://genet:mo%zztus@host/forum", "postgresql://genet:motus@host/forum?x=1"])
def test_a_wrong_database_url_is_said_without_its_password(url):
    with pytest.raises(config.WrongSetting, match="DATABASE_URL") as problem:
        config.read({"SECRET_KEY": "long enough for a test", "DATABASE_URL": url})
    assert "tus" not in str(problem.value)


def test_a_wrong_mail_url_is_said_without_its_password():
    with pytest.raises(config.WrongSetting) as problem:
        config.read({"SECRET_KEY": "long enough for a test", "MAIL_URL": "smtp://genet:motus@mail.example.org:x"})
    assert "motus" not in str(problem.value)
