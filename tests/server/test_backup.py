"""One file with everything, and everything back from it, on either database."""

import contextlib
import shutil
import sqlite3

import pytest

from forum.accounts.models import Account
from forum.database.connection import database, is_postgresql
from forum.discussions import actions as discussions
from forum.groups import actions as groups
from forum.proposals import actions as proposals
from forum.server import backup, restore
from tests.world import group, member

TEXT = "Un texte qu’il ne faut pas perdre."


def everything() -> dict[str, list]:
    return {model._meta.table_name: sorted(map(repr, model.select().tuples())) for model in backup.models()}


@pytest.fixture
def furnished(site):
    alice, home = member("Alice"), group("insoumis-087")
    talk = discussions.open(alice, home, "À garder", TEXT, ["eau", "#insoumise"])
    first = discussions.comment(alice, talk, TEXT)
    discussions.comment(alice, talk, "Une réponse.", parent=first.key)
    asked = proposals.propose(alice, home, proposals.Draft("Garder", TEXT), talk)
    proposals.vote(alice, asked, {"choice": "agree"})
    database.close()
    return site


def run(site, *words: str):
    database.close()
    return site.app.test_cli_runner().invoke(args=list(words))


def test_what_was_saved_comes_back_to_the_letter(furnished, tmp_path):
    before = everything()
    file = tmp_path / "tout.db"
    assert run(furnished, "backup", str(file)).exit_code == 0
    assert file.stat().st_mode & 0o777 == 0o600
    groups.leave(member("Alice"), group("insoumis-087"))
    Account.update(username="Autre").where(Account.username == "Bob").execute()
    answer = run(furnished, "restore", "--force", str(file))
    assert answer.exit_code == 0, answer.output
    assert everything() == before
    # Numbers go on after those restored.
    assert discussions.open(member("Alice"), group("insoumis-087"), "Après", TEXT).id == 2


def test_a_site_that_is_not_empty_is_refused_without_force(furnished, tmp_path):
    file = tmp_path / "tout.db"
    run(furnished, "backup", str(file))
    before = everything()
    answer = run(furnished, "restore", str(file))
    assert answer.exit_code == 1
    assert answer.output.strip() == "parvis: this site is not empty; --force replaces everything in it"
    assert everything() == before


def test_an_existing_file_is_not_overwritten(furnished, tmp_path):
    file = tmp_path / "tout.db"
    file.write_text("précieux")
    answer = run(furnished, "backup", str(file))
    assert answer.exit_code == 1
    assert len(answer.output.strip().splitlines()) == 1
    assert file.read_text() == "précieux"


def test_what_is_no_backup_changes_nothing(furnished, tmp_path):
    before = everything()
    for content in (b"", b"autre chose", b"SQLite format 3\0 puis rien"):
        file = tmp_path / "faux.db"
        file.write_bytes(content)
        answer = run(furnished, "restore", "--force", str(file))
        assert answer.exit_code == 1
        assert len(answer.output.strip().splitlines()) == 1
    assert everything() == before


def another_program(file):
    file.unlink()
    with contextlib.closing(sqlite3.connect(file)) as other, other:
        other.execute("create table account (id integer primary key)")
        other.execute("create table recipes (name text)")


def of_an_application_that_signs(file):
    with contextlib.closing(sqlite3.connect(file)) as other, other:
        other.execute("pragma application_id = 42")


def cut_short(file):
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def damaged(file):
    body = bytearray(file.read_bytes())
    for page in range(20_000, len(body), 40_960):
        body[page : page + 400] = b"\xff" * 400
    file.write_bytes(body)


def newer(file):
    with contextlib.closing(sqlite3.connect(file)) as other, other:
        other.execute("update schema_migration set name = '9999_from_tomorrow' where id = 1")


SPOILT = {
    another_program: "of another program",
    of_an_application_that_signs: "of another program",
    cut_short: "damaged or cut short",
    damaged: "damaged or cut short",
    newer: "newer version: 9999_from_tomorrow",
}


def test_a_file_that_cannot_be_put_back_is_named_and_touches_nothing(furnished, tmp_path):
    before = everything()
    sound, file = tmp_path / "sound.db", tmp_path / "spoilt.db"
    run(furnished, "backup", str(sound))
    for spoil, why in SPOILT.items():
        shutil.copy(sound, file)
        spoil(file)
        answer = run(furnished, "restore", "--force", str(file))
        assert answer.exit_code == 1
        assert why in answer.output
        assert len(answer.output.strip().splitlines()) == 1
    assert everything() == before
    assert {path.name for path in tmp_path.glob("*.db")} == {"sound.db", "spoilt.db"}


def test_what_is_replaced_is_counted_and_kept_beside(furnished, tmp_path):
    run(furnished, "backup", str(tmp_path / "tout.db"))
    discussions.open(member("Alice"), group("insoumis-087"), "Écrit depuis", TEXT)
    before = everything()
    accounts = Account.select().count()
    answer = run(furnished, "restore", "--force", str(tmp_path / "tout.db"))
    assert f"replacing {accounts} accounts and 2 comments by {accounts} accounts and 2 comments" in answer.output
    (beside,) = tmp_path.glob("tout.replaced-*.db")
    assert beside.stat().st_mode & 0o777 == 0o600
    assert everything() != before
    run(furnished, "restore", "--force", str(beside))
    assert everything() == before


def test_a_drill_restores_beside_and_touches_nothing(furnished):
    before = everything()
    answer = run(furnished, "drill")
    assert answer.exit_code == 0, answer.output
    assert answer.output.strip().splitlines()[-1].endswith("all alike")
    assert everything() == before


def test_a_drill_says_what_came_back_otherwise(furnished, monkeypatch):
    if is_postgresql():
        return
    sound = restore.copied
    monkeypatch.setattr(restore, "copied", lambda model, *ends: 0 if model is Account else sound(model, *ends))
    answer = run(furnished, "drill")
    assert answer.exit_code == 1
    assert "account" in answer.output


def test_a_backup_is_of_one_moment_while_others_write(furnished, tmp_path):
    file = tmp_path / "tout.db"
    backup.backup(file)
    with sqlite3.connect(file) as saved:
        members = saved.execute('select count(*) from membership m join "group" g on g.id = m.group_id').fetchone()[0]
        counted = saved.execute('select sum(members_count) from "group"').fetchone()[0]
    saved.close()
    assert members == counted
    assert database.is_closed()
