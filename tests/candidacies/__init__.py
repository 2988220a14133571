"""Calls and candidacies for tests."""

from datetime import timedelta

from forum.candidacies import actions
from forum.candidacies.models import Candidacy, CandidacyCall
from forum.database.clock import now
from forum.text.typed import moment_field
from tests.world import group, member


def called(handle: str = "insoumis-087", **fields: str) -> CandidacyCall:
    """A call by its animator, open for ten days, for all circonscriptions."""
    closes, decides = (moment_field(now() + timedelta(days=days)) for days in (10, 20))
    typed = {"title": "Législatives", "conditions": "Tous les membres.", "closes_at": closes, "decides_at": decides}
    return actions.call(member("Alice"), group(handle), actions.Calendar(**typed | fields))


def ended(call: CandidacyCall) -> CandidacyCall:
    """The same once nobody may stand any more."""
    CandidacyCall.update(closes_at=now()).where(CandidacyCall.id == call.id).execute()
    return CandidacyCall.get_by_id(call.id)


def standing(call: CandidacyCall, name: str, place: str = "087-03") -> Candidacy:
    """Somebody's candidacy in a call."""
    return actions.stand(member(name), call, "Je porte les tables depuis longtemps.", "Aucun mandat.", place)
