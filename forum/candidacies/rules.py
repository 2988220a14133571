"""Who may read candidacies, call for them, stand, ask and answer, and say what was decided."""

from peewee import Expression

from forum.accounts.models import Viewer
from forum.candidacies.models import Candidacy, CandidacyCall, CandidacyWord
from forum.database.clock import now
from forum.errors import ALLOWED, Verdict, refused, sign_in_first
from forum.groups import rules as groups
from forum.groups.models import Group

ANIMATORS = "Seul·es les animateur·rices du groupe peuvent faire cela."
OVER = "Le dépôt des candidatures est terminé."
SETTLED = "La désignation est faite : elle est publiée ici."
TOO_EARLY = "On peut encore se porter candidat·e."
OTHERWISE = "Le calendrier annonce une autre façon de décider."
NOT_YOURS = "Personne n’écrit la candidature de quelqu’un d’autre."
WITHDRAWN = "Cette candidature est retirée."


def readable_by(member: Viewer) -> Expression:
    """The calls this person may read, as a condition on the group joined to them: as what is said in it."""
    return groups.content_readable_by(member)


def call(member: Viewer, group: Group) -> Verdict:
    """Whether this person may publish a call: the animators of a living group."""
    if member.is_guest:
        return sign_in_first()
    return groups.vote(member, group) if groups.animates(member, group) else refused(ANIMATORS)


def stand(member: Viewer, call: CandidacyCall) -> Verdict:
    """Whether this person may stand: the members, until the day of the calendar."""
    if call.settled_at:
        return refused(SETTLED)
    return groups.vote(member, call.group) if call.closes_at > now() else refused(OVER)


def withdraw(member: Viewer, candidacy: Candidacy) -> Verdict:
    """Whether this person may withdraw it: whoever stands, even after leaving the group."""
    return ALLOWED if _stands(member, candidacy) else refused(NOT_YOURS)


def ask(member: Viewer, candidacy: Candidacy) -> Verdict:
    """Whether this person may ask or object: any other member, before the designation and after it."""
    if candidacy.withdrawn_at:
        return refused(WITHDRAWN)
    if _stands(member, candidacy):
        return refused("À vos propres questions, répondez par une précision.")
    return groups.vote(member, candidacy.call.group)


def answer(member: Viewer, candidacy: Candidacy) -> Verdict:
    """Whether this person may answer, or add a correction: whoever stands."""
    if candidacy.withdrawn_at:
        return refused(WITHDRAWN)
    return groups.vote(member, candidacy.call.group) if _stands(member, candidacy) else refused(NOT_YOURS)


def take_back(member: Viewer, word: CandidacyWord | Candidacy) -> Verdict:
    """Whether this person may take words away: who wrote them, or an animator."""
    author = word.member_id if isinstance(word, Candidacy) else word.author_id
    if not member.is_guest and author == member.id:
        return ALLOWED
    candidacy = word if isinstance(word, Candidacy) else word.candidacy
    return call(member, candidacy.call.group)


def settle(member: Viewer, found: CandidacyCall) -> Verdict:
    """Whether this person may publish the designation: an animator, once nobody may stand any more, and once."""
    if found.settled_at:
        return refused(SETTLED)
    verdict = call(member, found.group)
    return refused(TOO_EARLY) if verdict and found.closes_at > now() else verdict


def put_to_vote(member: Viewer, found: CandidacyCall) -> Verdict:
    """Whether this person may put those who stand to the vote: an animator, where the calendar said a vote."""
    return settle(member, found) if found.designation == "proposal" else refused(OTHERWISE)


def draw_among(member: Viewer, found: CandidacyCall) -> Verdict:
    """Whether this person may prepare the draw of those who stand: an animator, where the calendar said a draw."""
    return settle(member, found) if found.designation == "draw" else refused(OTHERWISE)


def _stands(member: Viewer, candidacy: Candidacy) -> bool:
    return not member.is_guest and candidacy.member_id == member.id
