"""Moving a discussion to another group."""

import pytest

from forum.accounts.models import GUEST
from forum.database.clock import now
from forum.discussions import actions as discussions
from forum.discussions.models import Comment, Discussion, Reading
from forum.errors import Refused
from forum.groups import actions as groups
from forum.groups.models import Group
from forum.notifications import delivery
from forum.notifications.models import Notice
from forum.proposals import actions as proposals
from forum.proposals.models import Proposal
from forum.reorganisation import actions
from forum.search.actions import index_changes
from forum.tasks.journal import JournalLine
from tests.world import group, member

HANDLE = "insoumis-087"
PATH = f"/g/{HANDLE}"
BODY = "Le ruisseau déborde près du saule."


@pytest.fixture
def site(site):
    """Bob is a member of #insoumis-087, which Alice animates, Charlie is not."""
    groups.join(member("Bob"), group(HANDLE))
    return site


def opened(title: str = "Le ruisseau", name: str = "Bob", handle: str = HANDLE) -> Discussion:
    return discussions.open(member(name), group(handle), title, f"{BODY} {title}")


def said(talk: Discussion, body: str, name: str = "Bob", parent: str = "") -> Comment:
    return discussions.comment(member(name), talk, body, parent)


def told(name: str) -> list[str]:
    while delivery.run_once():
        pass
    return [
        row.sentence.replace("\u202f", " ").replace("\u00a0", " ")
        for row in Notice.select().where(Notice.account == member(name)).order_by(Notice.id)
    ]


def lines(verb: str) -> int:
    return JournalLine.select().where(JournalLine.verb == verb).count()


def closed_group(handle: str, animator: str = "Alice") -> Group:
    return groups.create(member(animator), groups.GroupSettings(handle, visibility="ferme", joining="demande"), handle)


def test_a_moved_discussion_keeps_its_address_and_is_found_where_it_is(alice, guest):
    talk = opened()
    comment = said(talk, "Les ornithorynques aussi")
    index_changes()
    assert '<option value="insoumis"' in alice.get(f"/d/{talk.key}/deplacement").text
    for _ in range(2):
        assert alice.post(f"/d/{talk.key}/deplacement", {"into": "insoumis"}).status_code == 303
    assert "Les ornithorynques aussi" in guest.get(talk.address).text
    assert guest.get(f"/c/{comment.key}").location.startswith(f"/d/{talk.key}")
    for suffix in ("", ".json", ".atom"):
        assert talk.key not in guest.get(f"{PATH}{suffix}").text
        assert talk.key in guest.get(f"/g/insoumis{suffix}").text
    index_changes()
    assert talk.key in guest.get("/recherche.json?q=ornithorynques&groupe=insoumis").text
    assert talk.key not in guest.get(f"/recherche.json?q=ornithorynques&groupe={HANDLE}").text
    assert told("Bob") == [f"Votre discussion « Le ruisseau » a été déplacée de #{HANDLE} à #insoumis."]
    assert lines("discussion.moved") == lines("discussion.left") == 1
    assert "est arrivée d’un autre groupe" in guest.get("/g/insoumis/journal").text
    assert "est passée dans un autre groupe" in guest.get(f"{PATH}/journal").text


def test_a_discussion_never_moves_to_where_others_read(alice):
    shut = closed_group("saules")
    talk = opened("La crue", "Alice", "saules")
    path = f"/d/{talk.key}/deplacement"
    assert "Aucun groupe" not in alice.get(path).text
    refused = alice.post(path, {"into": HANDLE})
    assert (refused.status_code, "groupe fermé" in refused.text) == (403, True)
    other = closed_group("aulnes")
    groups.add_member(member("Bob"), other, "member")
    refused = alice.post(path, {"into": "aulnes"})
    assert (refused.status_code, "D’autres personnes liraient" in refused.text) == (403, True)
    assert '<option value="aulnes"' not in alice.get(path).text
    groups.add_member(member("Bob"), shut, "member")
    assert alice.post(path, {"into": "aulnes"}).status_code == 303
    assert Discussion.get_by_id(talk.id).group_id == other.id


def test_a_discussion_moves_to_groups_one_animates_and_nowhere_else(alice):
    talk = opened()
    path = f"/d/{talk.key}/deplacement"
    assert alice.post(path, {"into": "insoumis-023"}).status_code == 403
    closed_group("tritons", "Charlie")
    secret = groups.create(
        member("Charlie"), groups.GroupSettings("Guet", visibility="secret", joining="invitation"), "guet"
    )
    for into in (secret.handle, "nulle-part", ""):
        answer = alice.post(path, {"into": into})
        assert (answer.status_code, "Choisissez un groupe" in answer.text) == (422, True)
    Discussion.update(hidden_at=now()).where(Discussion.id == talk.id).execute()
    assert alice.post(path, {"into": "insoumis"}).status_code == 403
    assert Discussion.get_by_id(talk.id).group_id == group(HANDLE).id


def test_its_author_does_not_learn_the_name_of_a_secret_group(site, alice, bob):
    talk = opened()
    said(talk, "Lu")
    bob.get(talk.address)
    assert alice.post(f"/d/{talk.key}/deplacement", {"into": "veilleuses"}).status_code == 303
    assert bob.get(talk.address).status_code == 404
    assert told("Bob") == [
        f"Votre discussion « Le ruisseau » a été déplacée de #{HANDLE} dans un groupe dont vous n’êtes pas membre."
    ]
    assert not Reading.select().where(Reading.discussion == talk.id).exists()


def test_votes_stay_where_they_were_cast(alice, guest):
    talk = opened()
    vote = proposals.propose(member("Alice"), group(HANDLE), proposals.Draft("Curer le lit", BODY), talk)
    refused = alice.post(f"/d/{talk.key}/deplacement", {"into": "veilleuses"})
    assert (refused.status_code, "Un vote né de cette discussion" in refused.text) == (403, True)
    assert Discussion.get_by_id(talk.id).group_id == group(HANDLE).id
    Proposal.update(closes_at=now(), closed_at=now()).where(Proposal.id == vote.id).execute()
    assert talk.key in guest.get(f"/p/{vote.key}").text
    assert alice.post(f"/d/{talk.key}/deplacement", {"into": "veilleuses"}).status_code == 303
    assert Proposal.get_by_id(vote.id).group_id == group(HANDLE).id
    assert talk.key not in guest.get(f"/p/{vote.key}").text
    assert talk.key in alice.get(f"/p/{vote.key}").text


def test_undoing_a_merger_leaves_alone_what_moved_elsewhere_since(alice):
    talk = opened()
    alice.post(f"{PATH}/reunion", {"into": "insoumis"})
    alice.post(f"/d/{talk.key}/deplacement", {"into": "veilleuses"})
    alice.post("/g/insoumis/separation/1")
    assert Discussion.get_by_id(talk.id).group_id == group("veilleuses").id


def test_the_act_alone_refuses_what_the_page_does(site):
    """As a command or a letter would, without any page."""
    talk = opened()
    vote = proposals.propose(member("Alice"), group(HANDLE), proposals.Draft("Curer le lit", BODY), talk)
    with pytest.raises(Refused, match="Un vote né de cette discussion"):
        actions.move(member("Alice"), talk, "veilleuses")
    for stranger in (GUEST, member("Bob"), member("Charlie")):
        with pytest.raises(Refused, match="animateur"):
            actions.move(stranger, talk, "insoumis")
    assert Discussion.get_by_id(talk.id).group_id == group(HANDLE).id
    Proposal.update(closes_at=now(), closed_at=now()).where(Proposal.id == vote.id).execute()
    actions.move(member("Alice"), talk, "veilleuses")
    assert Discussion.get_by_id(talk.id).group_id == group("veilleuses").id
    assert Proposal.get_by_id(vote.id).group_id == group(HANDLE).id
