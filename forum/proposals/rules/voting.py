"""Who has a voice, and what a ballot must say."""

from collections.abc import Collection

from forum.accounts.models import Viewer
from forum.errors import ALLOWED, Verdict, refused
from forum.groups import rules as groups
from forum.groups.models import Membership
from forum.proposals.methods import METHODS
from forum.proposals.models import Ballot, Proposal, Voter
from forum.proposals.rules.putting import ENDED, HIDDEN
from forum.proposals.rules.reading import as_seen
from forum.proposals.rules.seeing import FEW
from forum.text import dates
from forum.text.fields import says_something

# For so many people one person may record voices on one proposal: a favour, not a bloc.
MOST_RECORDED = 3

FINAL = "Votre vote est compté et définitif : ce scrutin a été ouvert ainsi."
NEWCOMER = "Votent ici les personnes qui étaient membres du groupe à l’ouverture du vote."
NOT_NAMED = "Votent ici les personnes désignées à l’ouverture du vote ; vous pouvez suivre et discuter."
FULL = "Une même personne note les voix de trois personnes au plus ; demandez à quelqu’un d’autre du groupe."
OVERTAKEN = "Vous avez voté autrement depuis : cette voix, restée en attente, n’a pas été comptée."
SEALED = "Vous avez voté. Votre bulletin est secret : personne, pas même vous, ne peut le relire ni le changer."
SECRET = (
    "Vote secret : le bulletin est compté sans nom, sans heure et sans ordre, et ne change plus. Qui a pris part se "
    f"verra à la fin, entre membres, à partir de {FEW} bulletins. Un résultat unanime, ou de très peu de bulletins, "
    "montre le choix de chacun·e. Qui tient le serveur pourrait l’observer au moment même, ou dans la minute : une "
    "élection secrète entre rivaux qui engage tout le monde demande un outil fait pour cela, comme Belenios."
)


def vote(member: Viewer, proposal: Proposal) -> Verdict:
    """Whether this person has a voice now: those of the electorate, from the hour of opening to that of closing."""
    if proposal.is_coming():
        return refused(f"Le vote n’est pas encore ouvert : il {dates.opening(proposal.opens_at)}.")
    if not proposal.is_open():
        return refused(ENDED)
    if proposal.hidden_at:
        return refused(HIDDEN)
    return groups.vote(member, proposal.group) and _in_electorate(member, proposal)


def change_vote(member: Viewer, proposal: Proposal) -> Verdict:
    """Whether whoever has voted may say something else."""
    if proposal.final:
        return refused(SEALED if proposal.secret else FINAL)
    return vote(member, proposal)


def newcomers_vote(proposal: Proposal) -> bool:
    """Whether whoever joins the group now has a voice."""
    return proposal.electorate == "members" or (proposal.electorate == "before" and proposal.is_coming())


def reason_problem(proposal: Proposal, chosen: Collection[str], reason: str) -> str | None:
    """What is wrong with a ballot that chooses these options and gives this reason; what the method alone asks
    for, it says itself."""
    if says_something(reason) or proposal.reasons in ("off", "optional"):
        return None
    if proposal.reasons == "required":
        return "Dites vos raisons : ce vote les demande à tout le monde."
    nouns = METHODS[proposal.method].objections
    return next((f"Dites vos raisons : {nouns[name]} se motive." for name in chosen if name in nouns), None)


def keeps_reason(proposal: Proposal, chosen: Collection[str]) -> bool:
    """Whether what was written beside the ballot is kept: where the vote asks for none, those that the method does."""
    return proposal.reasons != "off" or any(map(METHODS[proposal.method].needs_reason, chosen))


def replace_seen(ballot: Ballot | None, seen: str | None) -> Verdict:
    """Whether a ballot sent late, by a phone that last saw its author's ballot as `seen`, may take its place.

    None is a ballot sent at once: the last pressed is the one that counts.
    """
    return ALLOWED if seen in (None, as_seen(ballot)) else refused(OVERTAKEN)


def public_ballot(proposal: Proposal) -> str:
    """Who will know what one votes, said before one does."""
    if proposal.secret:
        return SECRET
    who = (
        "les membres du groupe voient"
        if proposal.group.members_see_members
        else "les personnes qui animent le groupe voient"
    )
    return f"Vote public : {who} qui vote quoi ; les autres ne voient que les totaux et les bulletins sans noms."


def add_option(member: Viewer, proposal: Proposal) -> Verdict:
    """Whether this person may add an option: whoever may vote, from the proposal on, where its author lets them."""
    if not proposal.growing:
        return refused("Les options de ce vote sont celles de la proposition.")
    if proposal.hidden_at:
        return refused(HIDDEN)
    if proposal.is_over():
        return refused(ENDED)
    return groups.vote(member, proposal.group) and _in_electorate(member, proposal)


def record_voice(member: Viewer, proposal: Proposal, recorded: int) -> Verdict:
    """Whether this person may record voices received by telephone, or correct them; `recorded`: for how many others.

    Only whoever has a voice, and sees the members: trying names would otherwise tell who belongs. Not where voters are
    named, nor where a ballot is final or
    secret, which nobody could then replace, nor where each has to say why, which nobody says for another.
    """
    if not proposal.is_open():
        return refused(ENDED)
    if proposal.final or proposal.secret or proposal.reasons == "required":
        return refused("Pour ce vote chaque personne vote elle-même : il est secret, définitif, ou à motiver.")
    if proposal.electorate == "named":
        return refused("Les personnes désignées votent elles-mêmes.")
    if recorded >= MOST_RECORDED:
        return refused(FULL)
    return groups.see_members(member, proposal.group) and vote(member, proposal)


def withdraw_voice(member: Viewer, proposal: Proposal, ballot: Ballot | None) -> Verdict:
    """Whether this person may take back this ballot of theirs: one that somebody else recorded, while the vote runs."""
    if not proposal.is_open():
        return refused(ENDED)
    if ballot is None or ballot.recorded_by_id is None:
        return refused("Personne n’a noté de voix pour vous sur cette proposition.")
    return ALLOWED


def _in_electorate(member: Viewer, proposal: Proposal) -> Verdict:
    """For a member of the group. Whoever left and came back belongs since they came back."""
    if proposal.electorate == "before":
        mine = Membership.group == proposal.group_id, Membership.member == member.id
        since = Membership.created_at <= proposal.opens_at
        return ALLOWED if Membership.select().where(*mine, since).exists() else refused(NEWCOMER)
    if proposal.electorate == "named":
        voters = Voter.select().where(Voter.proposal == proposal.id, Voter.member == member.id)
        return ALLOWED if voters.exists() else refused(NOT_NAMED)
    return ALLOWED
