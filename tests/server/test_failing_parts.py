"""When a part fails under a site that is serving, the site says so in French, loses nothing, and mends itself."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from tests.server.running import RunningSite, wait_until
from tests.server.visitor import Visitor

GROUP = "insoumis-087"
MENDING = "La recherche se remet en état"


@pytest.fixture
def site(run) -> RunningSite:
    return run(WEB_WORKERS="1")


@pytest.fixture
def member(site) -> Visitor:
    member = site.visitor().sign_up("Aubépine")
    member.found("Haute-Vienne", GROUP, "087")
    return member


def spoil(index: Path) -> None:
    """Other bytes in place of those of each file, as a failing disk leaves them."""
    for path in index.rglob("*"):
        if path.is_file() and path.suffix != ".flock":
            size = path.stat().st_size
            with path.open("r+b") as file:
                file.write(b"\xa5" * size)


def remove(index: Path) -> None:
    # At one stroke: the worker may be writing a file into a folder that is being emptied.
    shutil.rmtree(index.rename(index.with_name("gone")))


@pytest.mark.parametrize("harm", [spoil, remove])
def test_search_answers_while_its_index_is_broken_and_the_worker_rebuilds_it(site, member, harm: Callable):
    # A word of the body: what looks at titles only, meanwhile, does not find it.
    member.open(GROUP, "Le marché", "On y vend de la zibeline.")
    wait_until(lambda: is_found(member, "zibeline"), 10, "a new text is not found")
    harm(site.folder / "index")
    key = member.open(GROUP, "La gare", "On y attend un ornithorynque.")
    wait_until(lambda: is_found(member, "ornithorynque"), 20, "the index is not rebuilt")
    wait_until(lambda: is_found(member, "zibeline"), 20, "the index is not whole")
    assert MENDING not in member.get("/recherche?q=zibeline").text
    assert member.get(f"/d/{key}").status == 200
    assert len(site.processes()) == 4, "a process ended"


def is_found(visitor: Visitor, word: str) -> bool:
    """Whether a text holding this word is found; whatever the state of the index, the page must be one."""
    page = visitor.get(f"/recherche?q={word}")
    assert page.status == 200, page
    return bool(visitor.json(f"/recherche.json?q={word}&type=discussion")["results"])


def test_a_full_disk_is_told_in_french_and_nothing_is_written_by_halves(site, member):
    discussion = member.open(GROUP, "Le marché", "Qui vient ?")
    proposal = member.propose(GROUP, "Tenir un stand")
    newcomer = site.visitor().sign_up("Granit")
    before = counts(site)
    with full_disk(site):
        refused = [
            member.vote(proposal, "agree"),
            member.say(discussion, "Moi, avec une table."),
            member.post(f"/g/{GROUP}/discussions/nouvelle", title="La gare", body="Et là ?"),
            newcomer.post(f"/g/{GROUP}/adhesion", f"/g/{GROUP}"),
            site.visitor().post("/inscription", username="Quartz", password="une phrase courte"),
        ]
        assert [answer.status for answer in refused] == [503] * 5
        assert all("rien n’a été enregistré" in repr(answer) for answer in refused)
        assert member.get(f"/d/{discussion}").status == 200
    assert counts(site) == before
    assert member.vote(proposal, "agree").status == 303
    assert member.say(discussion, "Moi, avec une table.").status == 303
    assert "Moi, avec une table." in newcomer.get(f"/d/{discussion}").text


@contextmanager
def full_disk(site: RunningSite) -> Iterator[None]:
    """No process of the site can write to any file: the system refuses each byte, root's too."""
    everyone = site.processes()
    limits = {process: process.rlimit(psutil.RLIMIT_FSIZE) for process in everyone}
    for process, (_, most) in limits.items():
        process.rlimit(psutil.RLIMIT_FSIZE, (0, most))
    yield
    for process, limit in limits.items():
        process.rlimit(psutil.RLIMIT_FSIZE, limit)


def counts(site: RunningSite) -> dict[str, int]:
    """How many rows each table holds, those of the worker's own book-keeping left out."""
    with site.database() as database:
        names = [name for (name,) in database.execute("select name from sqlite_master where type = 'table'")]
        kept = [name for name in names if not name.startswith(("job_", "pending", "sqlite_"))]
        return {name: database.execute(f'select count(*) from "{name}"').fetchone()[0] for name in kept}
