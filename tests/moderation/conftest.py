"""A group with two animators, a member who wrote what should not be, and one who reports it."""

from dataclasses import dataclass

import pytest

from forum.accounts import pseudonyms
from forum.accounts.models import Account
from forum.discussions import actions as discussions
from forum.groups import actions as groups
from forum.groups.models import Membership
from forum.initiatives import actions as initiatives
from forum.moderation.models import Case, Decision
from forum.notifications import delivery
from forum.proposals import actions as proposals
from forum.proposals.models import Ballot
from tests.world import HASH, Visitor, group, member

WORD = "zirconium"
REASON = "Le ton ne laisse de place à personne."


@dataclass
class Written:
    """What Ronce wrote in insoumis-087, each with WORD in it: the address of its report, by kind."""

    discussion: str
    comment: str
    proposal: str
    reason: str
    initiative: str
    pages: tuple[str, ...]
    talk: object
    said: object
    asked: object

    @property
    def texts(self) -> tuple[str, ...]:
        return self.discussion, self.comment, self.reason, self.proposal, self.initiative


def person(name: str, *handles: str, role: str = "member") -> Account:
    """Somebody else, who belongs to these groups."""
    made = Account.create(username=name, username_key=pseudonyms.key(name), password_hash=HASH)
    for handle in handles:
        groups.join(made, group(handle))
        Membership.update(role=role).where(Membership.member == made.id).execute()
    return member(name)


@pytest.fixture
def cast(site):
    """Beside Alice, who animates: Silex animates too, Ronce writes, Bob belongs."""
    person("Silex", "insoumis-087", role="animator")
    person("Ronce", "insoumis-087")
    groups.join(member("Bob"), group("insoumis-087"))


@pytest.fixture
def written(cast) -> Written:
    ronce, home = member("Ronce"), group("insoumis-087")
    talk = discussions.open(ronce, home, f"Sujet {WORD}", f"Un {WORD} de plus, dit en beaucoup de mots.", [WORD])
    said = discussions.comment(ronce, talk, f"Encore du {WORD}.")
    draft = proposals.Draft(f"Voter {WORD}", f"Du {WORD} partout.", method="choice", options=f"{WORD} rouge\nvert")
    asked = proposals.propose(ronce, home, draft)
    for said_so in (f"Encore du {WORD}.", f"Vive le {WORD}."):
        proposals.vote(ronce, asked, {"choice": "1", "reason": said_so})
    discussions.edit_comment(ronce, said, f"Toujours du {WORD}.")
    discussions.edit(ronce, talk, f"Sujet {WORD}", f"Un {WORD} de moins, dit en beaucoup de mots.", [WORD])
    plan = initiatives.Plan(f"Fête du {WORD}", "2027-03-21T14:00", "", f"Rue du {WORD}", f"Du {WORD} à voir.", "", WORD)
    meeting = initiatives.plan(ronce, home, plan)
    delivery.run_once()
    return Written(
        f"/signaler/discussion/{talk.key}",
        f"/signaler/message/{said.key}",
        f"/signaler/proposition/{asked.key}",
        f"/signaler/raison/{asked.key}.={Ballot.get().id}",
        f"/signaler/initiative/{meeting.key}",
        (
            f"/d/{talk.key}",
            f"/d/{talk.key}.json",
            f"/d/{talk.key}/versions",
            f"/c/{said.key}/versions",
            f"/p/{asked.key}",
            f"/p/{asked.key}.json",
            f"/p/{asked.key}/resultat",
            f"/p/{asked.key}/voix",
            f"/p/{asked.key}/voix.csv",
            f"/p/{asked.key}/ma-voix",
            f"/p/{asked.key}/imprimer",
            f"/p/{asked.key}.csv",
            f"/i/{meeting.key}",
            f"/i/{meeting.key}.ics",
            f"/i/{meeting.key}.json",
            "/agenda",
            "/g/insoumis-087.ics",
            "/g/insoumis-087/initiatives",
            "/g/insoumis-087",
            "/g/insoumis-087.json",
            "/g/insoumis-087.atom",
            "/",
        ),
        talk,
        said,
        asked,
    )


def report(visitor: Visitor, path: str, **fields):
    return visitor.post(path, {"rule": "persons", "note": "", **fields})


def last_case() -> Case:
    return Case.select().order_by(Case.id.desc()).get()


def last_decision() -> Decision:
    return Decision.select().order_by(Decision.id.desc()).get()


def decide(visitor: Visitor, case: Case | None = None, **fields):
    """Fill the form of the case as it stands, and press."""
    path = f"/moderation/{(case or last_case()).key}"
    page = visitor.get(path).text
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    given = {"text": "hide", "measure": "", "days": "7", "rule": "persons", "reason": REASON, "seen": seen}
    return visitor.post(path, given | fields)


def hide(site, path: str) -> Decision:
    """Bob reports a text, Alice hides it."""
    report(site.visitor("Bob"), path)
    assert decide(site.visitor("Alice")).status_code == 303
    return last_decision()
