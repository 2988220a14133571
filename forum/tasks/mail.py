"""Mail, for the worker alone: letters written out from templates/mail, and sent to the server of MAIL_URL or put into
outbox/. Acts leave their facts in forum.tasks.letters."""

import json
import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import formatdate
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from forum.config import ROOT, Config
from forum.database.keys import new_key
from forum.tasks import letters
from forum.tasks.letters import Letter
from forum.text.typed import one_line

OUTBOX = ROOT / "outbox"
# How long a server may keep us waiting for one answer, in seconds.
PATIENCE = 20
# From this code on a server's no is its last word (RFC 5321, 4.2.1).
FOR_GOOD = 500
# Servers on the machine itself, to which a letter may travel in clear.
HERE = ("localhost", "127.0.0.1", "::1")

_texts = Environment(
    loader=FileSystemLoader(ROOT / "templates" / "mail"),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    # Plain text: nothing to escape.
    autoescape=False,  # noqa: S701
)
_settings: Config


def install(settings: Config) -> None:
    """Send according to these settings from now on."""
    global _settings
    _settings = settings
    _texts.globals.update(site_name=settings.site_name, base_url=settings.base_url)


def compose(template: str, **facts: object) -> tuple[str, str]:
    """The subject and the text of a letter: the first line of its template, and the rest. Addresses need `base_url`."""
    subject, _, text = _texts.get_template(f"{template}.txt").render(**facts).partition("\n")
    return re.sub(r"[\t\r ]+", " ", subject).strip(" "), text.strip() + "\n"


def run_once() -> int:
    """Send the letter that is due for longest; how many that were. Raises OSError where it will be tried again."""
    letter = letters.take()
    if letter is None:
        return 0
    deliver(letter)
    letters.gone(letter)
    return 1


def deliver(letter: Letter) -> None:
    """Hand a letter over to the server, or put it aside without one; what is refused for good is let go.

    No transaction is open meanwhile. Raises OSError, without names, which no log is to hold, where a later try may do.
    """
    message = written(letter)
    if not _settings.mail_url:
        put_aside(message, letter)
        return
    with server(_settings.mail_url) as connection:
        _hand_over(connection, message)


def _hand_over(connection: smtplib.SMTP, message: EmailMessage) -> None:
    try:
        connection.send_message(message)
    except smtplib.SMTPNotSupportedError:
        # An address that this server cannot write: no second try changes it.
        return
    except smtplib.SMTPRecipientsRefused as refusal:
        code = min(code for code, _ in refusal.recipients.values())
    except smtplib.SMTPDataError as refusal:
        code = refusal.smtp_code
    else:
        return
    if code < FOR_GOOD:
        raise OSError(f"the mail server puts a letter off ({code})")


def written(letter: Letter) -> EmailMessage:
    """The letter with its headers (RFC 5322; RFC 3834: no machine answers it), the same at each try."""
    subject, text = compose(letter.template, **json.loads(letter.facts))
    message = EmailMessage(WholeAddresses())
    message["From"] = f"{_quoted(_settings.site_name)} <{sender()}>"
    message["To"] = letter.to
    message["Subject"] = subject
    message["Date"] = formatdate(letter.made_at.timestamp())
    message["Message-ID"] = f"<{letter.key}@{sender().rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.stop:
        message["List-Unsubscribe"] = f"<{_settings.base_url}{letter.stop}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(text, cte="quoted-printable")
    return message


class WholeAddresses(EmailPolicy):
    """Python's way of writing letters encodes any word longer than a line: no program finds an address in that."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if name == "List-Unsubscribe":
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


def sender() -> str:
    """The address letters come from: ?from= of MAIL_URL, else the user it names, else one of the site's host."""
    parts = urlsplit(_settings.mail_url)
    user = unquote(parts.username or "")
    host = urlsplit(_settings.base_url).hostname or "localhost"
    return parse_qs(parts.query).get("from", [user if "@" in user else f"ne-pas-repondre@{host}"])[0]


def put_aside(message: EmailMessage, letter: Letter) -> Path:
    """Write the letter as an .eml file that only the site's owner reads."""
    OUTBOX.mkdir(0o700, exist_ok=True)
    path = OUTBOX / f"{letter.made_at:%d-%b-%Y-%H%M%S}-{letter.key}.eml"
    path.touch(0o600)
    path.write_bytes(bytes(message))
    return path


@contextmanager
def server(url: str) -> Iterator[smtplib.SMTP]:
    """A connection to this server, encrypted unless it is on this machine, signed in if the URL names a user.

    Raises OSError or smtplib.SMTPException.
    """
    parts = urlsplit(url)
    host, context = parts.hostname or "", ssl.create_default_context()
    if parts.scheme == "smtps":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=PATIENCE, context=context)
    else:
        connection = smtplib.SMTP(host, parts.port or 587, timeout=PATIENCE)
    try:
        connection.ehlo_or_helo_if_needed()
        if parts.scheme == "smtp" and (host not in HERE or connection.has_extn("starttls")):
            connection.starttls(context=context)
        if parts.username:
            connection.login(unquote(parts.username), unquote(parts.password or ""))
        yield connection
    finally:
        # What was accepted is: how the server takes leave changes nothing.
        with suppress(OSError):
            connection.quit()
        connection.close()


def problem() -> str:
    """What is wrong with mail, in English for the doctor; empty when nothing is."""
    if not _settings.mail_url:
        return _outbox_problem()
    host = urlsplit(_settings.mail_url).hostname
    try:
        with server(_settings.mail_url):
            return ""
    except smtplib.SMTPAuthenticationError:
        return f"{host} refuses the user or the password of MAIL_URL"
    except (OSError, smtplib.SMTPException) as failure:
        return f"{host} does not answer: {one_line(str(failure))}"


def _outbox_problem() -> str:
    folder = OUTBOX if OUTBOX.exists() else OUTBOX.parent
    try:
        probe = folder / f".{new_key()}"
        probe.touch(0o600)
        probe.unlink()
    except OSError as failure:
        return f"no MAIL_URL, and nothing can be written in {folder}: {failure.strerror}"
    return ""


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "").replace('"', "") + '"'
