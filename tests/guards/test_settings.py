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


def test_a_wrong_mail_url_is_said_without_its_password():
    with pytest.raises(config.WrongSetting) as problem:
        config.read({"SECRET_KEY": "long enough for a test", "MAIL_URL": "smtp://genet:motus@mail.example.org:x"})
    assert "motus" not in str(problem.value)
