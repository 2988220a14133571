"""Each kind of thing is named as one says it in French, wherever a decision about it is told."""

import pytest

from forum.moderation.kinds import KINDS
from tests.moderation.conftest import decide, hide, last_decision, report

HIDDEN = {
    "discussion": ("Cette discussion a été masquée parce que", "Une discussion masquée."),
    "comment": ("Ce message a été masqué parce que", "Un message masqué."),
    "proposal": ("Cette proposition a été masquée parce que", "Une proposition masquée."),
    "initiative": ("Cette initiative a été masquée parce que", "Une initiative masquée."),
    "reason": ("Ces raisons de vote ont été masquées parce que", "Les raisons d’un vote masquées."),
}
LEFT = {
    "discussion": "d’une discussion",
    "comment": "d’un message",
    "proposal": "d’une proposition",
    "initiative": "d’une initiative",
    "reason": "des raisons d’un vote",
}


@pytest.mark.parametrize("kind", HIDDEN)
def test_who_meets_the_notice_reads_what_was_hidden(site, guest, written, kind):
    met, recorded = HIDDEN[kind]
    decision = hide(site, getattr(written, kind))
    assert met in guest.get(f"/moderation/decisions/{decision.key}").text
    assert recorded in guest.get("/g/insoumis-087/journal").text


@pytest.mark.parametrize("kind", LEFT)
def test_the_record_says_what_was_left_as_it_is(alice, bob, guest, written, kind):
    report(bob, getattr(written, kind))
    assert decide(alice, text="keep").status_code == 303
    assert f"laissé sans suite, à propos {LEFT[kind]}." in guest.get("/g/insoumis-087/journal").text


def test_groups_and_pseudonyms_come_before_the_site(bob, site, guest, written):
    for noun, key, sentence in (
        ("groupe", "insoumis-087", "à propos d’un groupe."),
        ("pseudonyme", "Ronce", "à propos d’un pseudonyme."),
    ):
        report(bob, f"/signaler/{noun}/{key}")
        assert decide(site.visitor("Modeste"), text="keep").status_code == 303
        assert last_decision().role == "moderator"
        assert sentence in guest.get("/moderation/journal").text


def test_no_two_kinds_share_a_name_or_an_address():
    for field in ("name", "noun", "model"):
        assert len({getattr(kind, field) for kind in KINDS.values()}) == len(KINDS), field
