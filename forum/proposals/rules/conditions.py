"""The conditions of a vote in words, as its page tells them before one votes and beside the count."""

from forum.proposals.methods import METHODS
from forum.proposals.methods.method import Method
from forum.proposals.models import Proposal
from forum.text.french import either

WHO = {
    "members": "Votent les membres du groupe",
    "before": "Votent les personnes membres à l’ouverture",
    "named": "Votent {} personnes désignées",
}
HIDDEN = {"voted": "résultats visibles une fois qu’on a voté", "closed": "résultats cachés jusqu’à la fin"}
ASKED = {"off": "sans raisons écrites", "required": "chaque vote dit ses raisons"}
STAYS = "Une voix déjà exprimée reste comptée."
FIXED = (
    "Leur nombre est fixé à l’ouverture et ne bouge plus : personne ne déplace le quorum en partant, ni en retirant."
)
COUNTED = {
    "members": (
        "Votent les membres du groupe, y compris qui le rejoint pendant le vote.",
        f"Qui quitte le groupe, ou en est retiré, ne vote plus. {STAYS}",
    ),
    "before": (
        f"Votent les personnes qui étaient membres à l’ouverture. {FIXED}",
        f"Qui quitte le groupe, ou en est retiré, ne vote plus. {STAYS} Qui revient compte comme nouveau membre : "
        "il faudra attendre le vote suivant.",
    ),
    "named": (
        f"Votent les personnes désignées. {FIXED}",
        f"Qui quitte le groupe, ou en est retiré, ne vote plus. {STAYS} Qui revient peut voter de nouveau.",
    ),
}


def at_a_glance(proposal: Proposal) -> str:
    """Who votes, whether one may change, what is hidden, which reasons are asked: one line."""
    who = WHO[proposal.electorate].format(proposal.eligible_count)
    if proposal.electorate == "named" and proposal.eligible_count == 1:
        who = "Vote une personne désignée"
    if proposal.secret:
        return f"Vote secret. {who}, vote définitif, résultats à la fin, sans raisons écrites."
    change = "vote définitif" if proposal.final else "on peut changer d’avis"
    growing = "on peut ajouter des options" if proposal.growing else ""
    conditions = [who, change, HIDDEN.get(proposal.results, ""), _asked(proposal), growing]
    return ", ".join(filter(None, conditions)) + "."


def who_counts(proposal: Proposal) -> tuple[str, ...]:
    """Who belongs to those who could vote, and what leaving and coming back change."""
    return COUNTED[proposal.electorate]


def reason_hint(proposal: Proposal) -> str:
    """What stands above the box for reasons; "" where there is no such box."""
    needed = _needed(proposal)
    if proposal.reasons == "off" and not needed:
        return ""
    only = "seuls les membres du groupe" if proposal.group.members_see_members else "seules les personnes qui l’animent"
    said = f"lisibles avec le vote ; {only} voient votre nom."
    return f"Nécessaires pour {needed} ; {said}" if needed else said.capitalize()


def opposing(*methods: Method) -> str:
    """The answers that oppose in these ways of voting: "un désaccord ou un blocage"; "" where there is none."""
    return either(noun for method in methods for noun in method.objections.values())


def explained(*methods: Method) -> str:
    """Those of them that are never given without a reason: "un blocage"."""
    return either(method.objections[name] for method in methods for name in method.explained)


def _asked(proposal: Proposal) -> str:
    if proposal.reasons == "against":
        return f"{opposing(METHODS[proposal.method])} dit ses raisons"
    return ASKED.get(proposal.reasons, "")


def _needed(proposal: Proposal) -> str:
    """What is not done without a reason; "" where nothing is."""
    method = METHODS[proposal.method]
    if proposal.reasons == "required":
        return "voter"
    if proposal.reasons == "against":
        return opposing(method)
    return "" if proposal.secret else explained(method)
