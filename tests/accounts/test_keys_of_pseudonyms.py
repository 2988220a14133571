"""The step that gave pseudonyms in letters of another shape the key of the ordinary ones."""

from importlib import import_module

from forum.accounts.models import Account
from forum.accounts.queries import account_named
from forum.database.connection import database

step = import_module("forum.database.migrations.0022_keys_of_pseudonyms")


def signed_up_before(username: str, key: str) -> Account:
    return Account.create(username=username, username_key=key, password_hash="")


def test_who_signed_up_before_is_found_by_their_name_and_back(site):
    sirius = signed_up_before("𝐒irius", "Sirius")
    twin = signed_up_before("ᴬlice", "Alice")
    untouched = {row.username: row.username_key for row in Account.select()} | {"𝐒irius": "sirius"}
    step.up(None, database.obj)
    assert account_named("sirius") == account_named("𝐒irius") == sirius
    assert account_named("Alice").username == "Alice"
    assert {row.username: row.username_key for row in Account.select()} == untouched
    step.down(None, database.obj)
    assert {row.username_key for row in Account.select().where(Account.id.in_([sirius.id, twin.id]))} == {
        "Sirius",
        "Alice",
    }
