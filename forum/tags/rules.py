"""Who may say which tags are one, and who decides."""

from forum.accounts.models import Viewer
from forum.accounts.rules import act_outside_sandbox
from forum.errors import ALLOWED, Verdict, refused, sign_in_first
from forum.tags.models import Synonym

GARDENERS = ("gardener", "moderator", "admin")


def propose(member: Viewer) -> Verdict:
    """Whether this person may propose a synonym: any member may."""
    if member.is_guest:
        return sign_in_first("Connectez-vous ou créez un compte pour proposer un synonyme.")
    return act_outside_sandbox(member)


def follow(member: Viewer) -> Verdict:
    """Whether this person may follow a tag."""
    if member.is_guest:
        return sign_in_first("Connectez-vous ou créez un compte pour suivre un mot-clé.")
    return act_outside_sandbox(member)


def confirm(member: Viewer, synonym: Synonym) -> Verdict:
    """Whether this person may confirm a proposed synonym: anybody else than whoever proposed it."""
    if not member.is_guest and member.id == synonym.proposed_by_id:
        return refused("Vous avez proposé ce synonyme : c’est à d’autres de le confirmer.")
    return _speak(member, synonym, "proposed")


def object_to(member: Viewer, synonym: Synonym) -> Verdict:
    """Whether this person may object to a proposed synonym."""
    return _speak(member, synonym, "proposed")


def ask_undo(member: Viewer, synonym: Synonym) -> Verdict:
    """Whether this person may ask that an accepted synonym be undone. What the spelling alone joins has no undoing."""
    if synonym.tag_id == synonym.into_id:
        return refused("Ces deux formes sont le même mot : l’orthographe seule les réunit.")
    return _speak(member, synonym, "accepted")


def decide(member: Viewer) -> Verdict:
    """Whether this person decides alone, at once."""
    if not member.is_guest and member.role in GARDENERS:
        return ALLOWED
    return refused("Seules les personnes qui jardinent les mots-clés décident sans attendre.")


def part(member: Viewer) -> Verdict:
    """Whether this person may part a spelling from the tag that the ladder folds it into."""
    if not member.is_guest and member.role in GARDENERS:
        return ALLOWED
    return refused("Séparer deux écritures revient aux personnes qui jardinent les mots-clés.")


def reunite(member: Viewer, synonym: Synonym) -> Verdict:
    """Whether this person may join again what a gardener parted."""
    verdict = part(member)
    return verdict if not verdict or synonym.state == "parted" else refused("Ces deux mots ne sont pas séparés.")


def _speak(member: Viewer, synonym: Synonym, state: str) -> Verdict:
    if member.is_guest:
        return sign_in_first("Connectez-vous ou créez un compte pour donner votre avis.")
    if synonym.state != state:
        return refused("Ce synonyme a déjà reçu sa réponse.")
    return act_outside_sandbox(member)
