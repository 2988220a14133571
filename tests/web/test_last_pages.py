"""A list that ends with its page offers no next one, which would be empty; one line more, and there is another."""

import re
from datetime import timedelta

import pytest

from forum.accounts.models import Account
from forum.database.clock import now
from forum.discussions import actions as discussions
from forum.discussions.models import Comment, Discussion
from forum.groups.models import Membership
from forum.initiatives.models import Initiative
from forum.moderation import sentences
from forum.moderation.models import Case
from forum.proposals import actions as proposals
from forum.proposals.models import Proposal
from forum.tags.models import Synonym
from forum.tags.queries import resolve
from forum.tasks.journal import JournalLine
from tests.initiatives import planned
from tests.world import HASH, group, member

HANDLE, PATH = "insoumis-087", "/g/insoumis-087"


def fill_members(number: int) -> str:
    first = Account.select().count()
    names = [f"galet{rank}" for rank in range(first, first + number - Membership.select().where(of_group()).count())]
    Account.insert_many([{"username": name, "username_key": name, "password_hash": HASH} for name in names]).execute()
    rows = Account.select().where(Account.username.in_(names))
    Membership.insert_many([{"group": group(HANDLE), "member": row, "created_at": now()} for row in rows]).execute()
    return f"{PATH}/membres"


def of_group():
    return Membership.group == group(HANDLE).id


def fill_discussions(number: int) -> str:
    for rank in range(Discussion.select().count(), number):
        discussions.open(member("Alice"), group(HANDLE), f"Le pain {rank}", "Qui apporte le pain ?", ["levain"])
    return PATH


def fill_tagged_discussions(number: int) -> str:
    fill_discussions(number)
    return "/t/levain"


def fill_tagged_proposals(number: int) -> str:
    for rank in range(Proposal.select().count(), number):
        draft = proposals.Draft(f"Du seigle {rank}", "Oui ?", tag_names=("levain",))
        proposals.propose(member("Alice"), group(HANDLE), draft)
    return "/t/levain"


def fill_initiatives(number: int) -> str:
    for rank in range(Initiative.select().count(), number):
        planned(HANDLE, title=f"Coller des affiches, équipe {rank}")
    past = now() - timedelta(days=20)
    Initiative.update(starts_at=past, ends_at=past + timedelta(hours=1)).execute()
    return f"{PATH}/initiatives"


def fill_record(number: int) -> str:
    public = JournalLine.verb.in_(list(sentences.PUBLIC)), JournalLine.group_id == group(HANDLE).id
    told = JournalLine.select().where(*public).count()
    lines = [{"verb": "group.edited", "group_id": group(HANDLE).id, "facts": "{}", "at": now()}] * (number - told)
    JournalLine.insert_many(lines).execute()
    return f"{PATH}/journal"


def fill_queue(number: int) -> str:
    facts = {"kind": "comment", "group": group(HANDLE).id, "desk": "group", "digest": "", "opened_at": now()}
    first = Case.select().count()
    rows = [
        {**facts, "key": f"case{rank}", "subject_id": rank, "open_as": f"comment {rank}"}
        for rank in range(first, number)
    ]
    Case.insert_many(rows).execute()
    return f"{PATH}/signalements"


def fill_synonyms(number: int) -> str:
    tag = resolve("insoumis")
    rows = [{"name": "insoumises", "tag": tag, "into": tag, "created_at": now()}] * (number - Synonym.select().count())
    Synonym.insert_many(rows).execute()
    return "/synonymes"


def fill_threads(number: int) -> str:
    talk = Discussion.select().first() or discussions.open(member("Alice"), group(HANDLE), "Le pain", "Qui ?")
    facts = {"discussion": talk, "author": member("Bob"), "body": "Moi.", "body_html": "<p>Moi.</p>", "renderer": 1}
    first = Comment.select().count()
    rows = [{**facts, "key": f"comment{rank}", "created_at": now()} for rank in range(first, number)]
    Comment.insert_many(rows).execute()
    return f"/d/{talk.key}/separation"


LISTS = [
    (fill_members, 100),
    (fill_discussions, 30),
    (fill_tagged_discussions, 30),
    (fill_tagged_proposals, 50),
    (fill_initiatives, 30),
    (fill_record, 30),
    (fill_queue, 30),
    (fill_synonyms, 50),
    (fill_threads, 100),
]


def next_page(page) -> str | None:
    found = re.search(r'rel="next" href="([^"]+)"', page.text)
    return found[1] if found else None


@pytest.mark.parametrize(("fill", "number"), LISTS, ids=lambda value: getattr(value, "__name__", value))
def test_the_last_page_of_a_list_offers_no_empty_one(alice, fill, number):
    path = fill(number)
    full = alice.get(path)
    assert (full.status_code, next_page(full)) == (200, None)
    fill(number + 1)
    following = next_page(alice.get(path))
    assert following
    last = alice.get(following if following.startswith("/") else path + following)
    assert (last.status_code, next_page(last)) == (200, None)
    assert 'rel="prev"' in last.text
