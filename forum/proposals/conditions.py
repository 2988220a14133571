"""The conditions of a vote in words, as its page tells them before one votes and beside the count."""

from forum.proposals.models import Proposal

WHO = {
    "members": "Votent les membres du groupe",
    "before": "Votent les personnes membres à l’ouverture",
    "named": "Votent {} personnes désignées",
}
HIDDEN = {"voted": "résultats visibles une fois qu’on a voté", "closed": "résultats cachés jusqu’à la fin"}
ASKED = {
    "off": "sans raisons écrites",
    "required": "chaque vote dit ses raisons",
    "against": "un désaccord ou un blocage dit ses raisons",
}
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
# Above the box where one says why.
REASON_HINTS = {
    "off": "Nécessaires pour bloquer ; publiées sous votre pseudonyme.",
    "optional": "Publiées sous votre pseudonyme.",
    "required": "Nécessaires pour voter ; publiées sous votre pseudonyme.",
    "against": "Nécessaires pour un désaccord ou un blocage ; publiées sous votre pseudonyme.",
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
    said = [who, change, HIDDEN.get(proposal.results, ""), ASKED.get(proposal.reasons, ""), growing]
    return ", ".join(filter(None, said)) + "."


def who_counts(proposal: Proposal) -> tuple[str, ...]:
    """Who belongs to those who could vote, and what leaving and coming back change."""
    return COUNTED[proposal.electorate]


def reason_hint(proposal: Proposal) -> str:
    """What is said above the box for reasons; "" where there is no such box."""
    blocks = proposal.method == "consent" and not proposal.secret
    if proposal.reasons == "off" and not blocks:
        return ""
    if proposal.reasons == "optional" and blocks:
        return REASON_HINTS["off"]
    return REASON_HINTS[proposal.reasons]
