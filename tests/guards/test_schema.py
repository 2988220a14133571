"""The migrations give exactly the schema of the models, on both databases."""

import subprocess
import sys

from playhouse.schema_diff import diff_models

from forum.config import ROOT
from forum.database import migrate
from forum.database.connection import database
from forum.database.tables import Base


def test_nothing_is_missing_after_the_migrations(site):
    assert migrate.missing() == []
    assert not diff_models(database.obj, Base.__subclasses__())


def test_unique_promises_are_in_the_real_schema(site):
    """An index whose name another one took is silently absent: read the schema back."""
    wanted = {
        "membership": ["group_id", "member_id"],
        "handle": ["key"],
        "tag": ["key"],
        "account": ["username_key"],
        "ballot": ["proposal_id", "voter_id"],
        "pending": ["reader", "line_id"],
        "rate_count": ["bucket", "slot"],
        "report": ["case_id", "reporter_id"],
        "case": ["open_as"],
        "decision": ["case_id"],
        "objection": ["decision_id"],
        "suspension": ["group_id", "member_id"],
        "block": ["member_id", "blocked_id"],
    }
    for table, columns in wanted.items():
        unique = [sorted(index.columns) for index in database.get_indexes(table) if index.unique]
        assert sorted(columns) in unique, table


def test_several_processes_may_migrate_at_once(tmp_path):
    environ = {"DATABASE_URL": f"sqlite:///{tmp_path}/new.db", "SEARCH_URL": f"whoosh:{tmp_path}/index"}
    environ |= {"SECRET_KEY": "a secret for tests only", "PATH": ""}
    code = "import app; from forum.database import migrate; app.create_app(); print(len(migrate.up()))"
    starts = [
        subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    counts = sorted(int(start.communicate(timeout=60)[0]) for start in starts)
    assert all(start.returncode == 0 for start in starts)
    assert counts[:2] == [0, 0]
    assert counts[2] == len(list(migrate.FOLDER.glob("[0-9]*.py")))


def test_a_new_database_is_its_owner_s_alone(tmp_path):
    environ = {"DATABASE_URL": f"sqlite:///{tmp_path}/new.db", "SEARCH_URL": f"whoosh:{tmp_path}/index"}
    environ |= {"SECRET_KEY": "a secret for tests only", "PATH": ""}
    # As people start it, by the command, under the usual umask.
    subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", "init"],
        cwd=ROOT,
        env=environ,
        check=True,
        timeout=60,
        umask=0o022,
        stdout=subprocess.DEVNULL,
    )
    assert (tmp_path / "new.db").stat().st_mode & 0o777 == 0o600
