"""One file with everything, and everything back from it, on either database."""

import sqlite3

import pytest

from forum.accounts.models import Account
from forum.database.connection import database
from forum.discussions import actions as discussions
from forum.groups import actions as groups
from forum.proposals import actions as proposals
from forum.server import backup
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


def test_a_backup_is_of_one_moment_while_others_write(furnished, tmp_path):
    file = tmp_path / "tout.db"
    backup.backup(file)
    with sqlite3.connect(file) as saved:
        members = saved.execute('select count(*) from membership m join "group" g on g.id = m.group_id').fetchone()[0]
        counted = saved.execute('select sum(members_count) from "group"').fetchone()[0]
    saved.close()
    assert members == counted
    assert database.is_closed()
