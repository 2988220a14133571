"""Settings, read once from the environment."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from forum.text.typed import parse_whole

ROOT = Path(__file__).resolve().parent.parent


class WrongSetting(Exception):
    """A setting that stops the start; its text is one English sentence naming the setting."""


@dataclass(frozen=True)
class Config:
    """What the environment says. Relative paths are taken from the project's root."""

    host: str
    port: int
    database_url: str
    search_url: str
    secret_key: str
    base_url: str
    site_name: str
    mail_url: str
    demo: bool
    sandbox: bool
    web_workers: int
    proxies: int
    rate_limits: bool

    @property
    def https(self) -> bool:
        """Whether the site is reached over https, so that cookies must be Secure."""
        return self.base_url.startswith("https://")


def read(environ: Mapping[str, str] = os.environ) -> Config:
    """Read the settings; raises WrongSetting naming the first one that cannot be used."""
    host, port = environ.get("HOST", "127.0.0.1"), _integer(environ, "PORT", 8000, 1, 65535)
    base_url = environ.get("BASE_URL", f"http://{host}:{port}").rstrip("/")
    if not _scheme(base_url, "http", "https"):
        raise WrongSetting(f"BASE_URL must start with http:// or https://, not {base_url!r}.")
    database_url = _database_url(environ.get("DATABASE_URL", "sqlite:///forum.db"))
    return Config(
        host=host,
        port=port,
        database_url=database_url,
        search_url=_search_url(environ.get("SEARCH_URL", "whoosh:search_index"), database_url),
        secret_key=_secret_key(environ, base_url.startswith("https://")),
        base_url=base_url,
        site_name=environ.get("SITE_NAME", "Parvis"),
        mail_url=_mail_url(environ.get("MAIL_URL", "")),
        demo=_switch(environ, "DEMO", True),
        sandbox=_switch(environ, "SANDBOX", True),
        web_workers=_integer(environ, "WEB_WORKERS", 2, 1, 64),
        proxies=_integer(environ, "PROXIES", 0, 0, 9),
        rate_limits=_switch(environ, "RATE_LIMITS", True),
    )


def _integer(environ: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = environ.get(name, str(default))
    number = parse_whole(text, least, most)
    if number is None:
        raise WrongSetting(f"{name} must be a whole number from {least} to {most}, not {text!r}.")
    return number


def _switch(environ: Mapping[str, str], name: str, default: bool) -> bool:
    text = environ.get(name, "1" if default else "0")
    if text not in ("0", "1"):
        raise WrongSetting(f"{name} must be 0 or 1, not {text!r}.")
    return text == "1"


def _scheme(url: str, *allowed: str) -> bool:
    return url.partition(":")[0] in allowed


def _database_url(url: str) -> str:
    if not _scheme(url, "sqlite", "postgresql"):
        raise WrongSetting(f"DATABASE_URL must start with sqlite:/// or postgresql://, not {url!r}.")
    if _scheme(url, "postgresql"):
        _check_postgresql(url)
    return url


def _check_postgresql(url: str) -> None:
    """Whatever libpq knows may stand in it, and nothing else: a setting dropped in silence may be the encryption. What
    is wrong is said without the address, which holds a password."""
    try:
        known = conninfo_to_dict(url)
    except ProgrammingError as problem:
        said = str(problem).strip()
        # Of what else is wrong libpq quotes the part it could not read, which may be the password.
        what = f": {said}" if "query parameter" in said else " as an address of PostgreSQL"
        raise WrongSetting(f"DATABASE_URL cannot be read{what}.") from None
    if not known.get("dbname"):
        raise WrongSetting("DATABASE_URL must name a database: postgresql://user:password@host/name.")
    ports = str(known.get("port", "")).split(",")
    if not all(port == "" or 0 < (parse_whole(port) or 0) < 65536 for port in ports):
        raise WrongSetting("DATABASE_URL: a port is a whole number from 1 to 65535.")


def _search_url(url: str, database_url: str) -> str:
    if url == "postgresql:":
        if not _scheme(database_url, "postgresql"):
            raise WrongSetting("SEARCH_URL can be postgresql: only where DATABASE_URL is postgresql://….")
    elif not url.startswith("whoosh:") or url == "whoosh:":
        raise WrongSetting(f"SEARCH_URL must be whoosh:FOLDER or postgresql:, not {url!r}.")
    return url


def _mail_url(url: str) -> str:
    """Said without the address itself, which holds a password."""
    if not url:
        return ""
    if not _scheme(url, "smtp", "smtps"):
        raise WrongSetting("MAIL_URL must start with smtp:// or smtps://.")
    try:
        host, _ = urlsplit(url).hostname, urlsplit(url).port
    except ValueError:
        host = None
    if not host:
        raise WrongSetting("MAIL_URL must name a server and perhaps a port: smtp://user:password@host:587.")
    sender = parse_qs(urlsplit(url).query).get("from", ["a@b"])[0]
    if not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+", sender):
        raise WrongSetting("MAIL_URL: what follows ?from= must be one e-mail address.")
    return url


def _secret_key(environ: Mapping[str, str], production: bool) -> str:
    given = environ.get("SECRET_KEY", "")
    if given:
        if len(given) < 16:
            raise WrongSetting("SECRET_KEY must be 16 characters or more.")
        return given
    if production:
        raise WrongSetting("SECRET_KEY must be set when BASE_URL is https.")
    return _kept_secret(ROOT / ".secret_key")


def _kept_secret(path: Path) -> str:
    """The secret of a site on trial: made once, kept in a file only its owner can read."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    except OSError as problem:
        raise WrongSetting(f"SECRET_KEY is not set and {path.name} cannot be written: {problem.strerror}.") from problem
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(32) + "\n")
    return path.read_text("ascii").strip()
