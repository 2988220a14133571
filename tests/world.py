"""The cast: Alice belongs, Bob could, Charlie is elsewhere, a guest, a moderator; and a site to visit."""

import re
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from forum.accounts.models import GUEST, Account
from forum.accounts.queries import account_named
from forum.groups import actions as groups
from forum.groups.models import Group, Handle
from forum.tags.spelling import handle_key

PASSWORD = "une phrase courte"
# The hash of PASSWORD, made once with the site's own settings: hashing at each test would be most of the suite's time.
HASH = "$argon2id$v=19$m=19456,t=2,p=1$kMyzui21+GG3x41tj+vopw$92WDp3KKexm+TR2CsHfFId5GcSJNS4NC8jTbH7En1PY"
CAST = ("Alice", "Bob", "Charlie", "Modeste")


def settle() -> None:
    """The people and the groups every test finds: written once into the database that tests copy."""
    for name in CAST:
        Account.create(username=name, username_key=name.lower(), password_hash=HASH)
    Account.update(role="moderator").where(Account.username == "Modeste").execute()
    groups.create(member("Alice"), groups.GroupSettings("Insoumis"), "insoumis")
    groups.create(member("Alice"), groups.GroupSettings("Haute-Vienne"), "insoumis-087", place="087")
    groups.create(member("Charlie"), groups.GroupSettings("Creuse"), "insoumis-023", place="023")
    secret = groups.create(
        member("Alice"), groups.GroupSettings("Veilleuses", visibility="secret", joining="invitation"), "veilleuses"
    )
    assert secret.visibility == "secret"
    at_short_address(secret, "veilleuses")


def at_short_address(secret: Group, handle: str) -> None:
    """Let tests go to a secret group by an address that they know."""
    Group.update(handle=handle).where(Group.id == secret.id).execute()
    Handle.update(key=handle_key(handle)).where(Handle.group == secret.id).execute()


def member(name: str) -> Account:
    """A person of the cast."""
    found = account_named(name)
    assert found is not None
    return found


def group(handle: str) -> Group:
    """A group by its handle, whoever may see it."""
    return Group.get(Group.handle == handle)


@dataclass
class Visitor:
    """Somebody's browser. Forms are sent with the token that the pages carry; `htmx` asks as htmx does."""

    app: Flask
    browser: FlaskClient
    account: object = GUEST

    def get(self, path: str, htmx: bool = False, **options):
        return self.browser.get(path, headers=_headers(htmx, options.pop("headers", {})), **options)

    def post(self, path: str, data: dict | None = None, htmx: bool = False, token: bool = True, **options):
        fields = dict(data or {})
        if token and not self.account.is_guest:
            fields["csrf_token"] = self.token()
        return self.browser.post(path, data=fields, headers=_headers(htmx, options.pop("headers", {})), **options)

    def token(self) -> str:
        with self.browser.session_transaction() as session:
            raw = session.setdefault("csrf_token", "a" * 40)
        return URLSafeTimedSerializer(self.app.secret_key, salt="wtf-csrf-token").dumps(raw)


def _headers(htmx: bool, more: dict) -> dict:
    return {"HX-Request": "true", **more} if htmx else more


@dataclass
class Site:
    """A site on a database of its own."""

    app: Flask

    def visitor(self, name: str = "") -> Visitor:
        """A browser, signed in as this person of the cast or, without a name, as nobody."""
        browser = self.app.test_client()
        if not name:
            return Visitor(self.app, browser)
        account = member(name)
        with browser.session_transaction() as session:
            session["_user_id"], session["_fresh"] = account.get_id(), True
        return Visitor(self.app, browser, account)


def seen_on(page) -> str:
    """What the first form of a page that bears a mark was made from."""
    return re.search(r'name="seen" value="([^"]+)"', page.text)[1]
