"""Who may read a proposal, put one to the vote, vote, see the results, and change what."""

import json
from collections.abc import Collection

from peewee import Expression

from forum import dates
from forum.accounts.models import Viewer
from forum.db import milliseconds
from forum.discussions import rules as discussions
from forum.discussions.models import Discussion
from forum.errors import ALLOWED, Verdict, refused, sign_in_first
from forum.groups import rules as groups
from forum.groups.models import Group, Membership
from forum.proposals import secrecy
from forum.proposals.methods import METHODS
from forum.proposals.models import Ballot, Proposal, SecretVote, Voter

# The status of an outcome that is none.
CANCELLED = "cancelled"

# Below so many ballots a stranger is not given them one by one, where they tell more than the totals do.
FEW = 5

# For so many people one person may record voices on one proposal: a favour, not a bloc.
MOST_RECORDED = 3

ENDED = "Le vote est terminé : il ne prend plus de voix."
FINAL = "Votre vote est compté et définitif : ce scrutin a été ouvert ainsi."
NEWCOMER = "Votent ici les personnes qui étaient membres du groupe à l’ouverture du vote."
NOT_NAMED = "Votent ici les personnes désignées à l’ouverture du vote ; vous pouvez suivre et discuter."
FULL = "Une même personne note les voix de trois personnes au plus ; demandez à quelqu’un d’autre du groupe."
OVERTAKEN = "Vous avez voté autrement depuis : cette voix, restée en attente, n’a pas été comptée."
SEALED = "Vous avez voté. Votre bulletin est secret : personne, pas même vous, ne peut le relire ni le changer."
SECRET = (
    "Vote secret : le bulletin est compté sans nom, sans heure et sans ordre, et ne change plus. Qui a pris part se "
    f"verra à la fin, entre membres, à partir de {FEW} bulletins. Qui tient le serveur pourrait l’observer au moment "
    "même : une élection secrète entre rivaux qui engage tout le monde demande un outil fait pour cela, comme Belenios."
)
HIDDEN = "Cette proposition est masquée : on ne peut ni la modifier ni voter tant qu’elle l’est."


def readable_by(member: Viewer) -> Expression:
    """The proposals this person may read, as a condition on the group joined to them: as what is said in the group."""
    return groups.content_readable_by(member)


def propose(member: Viewer, group: Group) -> Verdict:
    """Whether this person may put a proposal to the vote of the group."""
    return groups.propose(member, group)


def propose_from(member: Viewer, discussion: Discussion) -> Verdict:
    """Whether this person may put a proposal to the vote from this discussion."""
    return discussions.propose(member, discussion)


def name_voters(member: Viewer, group: Group) -> Verdict:
    """Whether this person may name who votes: trying names would otherwise tell who belongs."""
    if groups.see_members(member, group):
        return ALLOWED
    return refused("Dans ce groupe, seules les personnes qui voient la liste des membres désignent qui vote.")


def see_voters(member: Viewer, proposal: Proposal) -> Verdict:
    """Whether this person may see who was named to vote: who sees the members."""
    return groups.see_members(member, proposal.group)


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
    """Whether who has voted may say something else."""
    if proposal.final:
        return refused(SEALED if proposal.secret else FINAL)
    return vote(member, proposal)


def newcomers_vote(proposal: Proposal) -> bool:
    """Whether who joins the group now has a voice."""
    return proposal.electorate == "members" or (proposal.electorate == "before" and proposal.is_coming())


def reason_problem(proposal: Proposal, chosen: Collection[str], reason: str) -> str | None:
    """What is wrong with a ballot that chooses these options and gives this reason; a block says why everywhere."""
    if reason or proposal.reasons in ("off", "optional"):
        return None
    if proposal.reasons == "required":
        return "Dites vos raisons : ce vote les demande à tout le monde."
    return "Dites vos raisons : un désaccord se motive." if "disagree" in chosen else None


def keeps_reason(proposal: Proposal, chosen: Collection[str]) -> bool:
    """Whether what was written beside the ballot is kept: where no reasons are given, those of a block alone."""
    return proposal.reasons != "off" or "block" in chosen


def see_results(member: Viewer, proposal: Proposal, voted: bool | None = None) -> Verdict:
    """Whether this person may see counts, shares, reasons and marks; how many voted is no result.

    Everything that shows a result asks here: pages, cards, fragments, JSON, CSV, feeds, notices. `voted` says whether
    they have voted, where that is known; otherwise it is asked, and only where it matters.
    """
    if proposal.hidden_at:
        # They repeat the words of the options.
        return refused("Cette proposition est masquée : ses résultats se verront si elle est rétablie.")
    if proposal.results == "always" or proposal.is_over():
        return ALLOWED
    if proposal.results == "closed":
        return refused("Les résultats se verront à la fin du vote.")
    if has_voted(member, proposal) if voted is None else voted:
        return ALLOWED
    return refused("Les résultats se verront quand vous aurez voté, au plus tard à la fin du vote.")


def has_voted(member: Viewer, proposal: Proposal) -> bool:
    """Whether this person's ballot is there."""
    if member.is_guest:
        return False
    if proposal.secret:
        return SecretVote.select().where(SecretVote.mark == secrecy.mark_of(proposal, member.id)).exists()
    return Ballot.select().where(Ballot.proposal == proposal.id, Ballot.voter == member.id).exists()


def replace_seen(ballot: Ballot | None, seen: str | None) -> Verdict:
    """Whether a ballot sent late, by a phone that last saw its author's ballot as `seen`, may take its place.

    None is a ballot sent at once: the last pressed is the one that counts.
    """
    return ALLOWED if seen in (None, as_seen(ballot)) else refused(OVERTAKEN)


def as_seen(ballot: Ballot | None) -> str:
    """What the form of a ballot says of the one already cast, '' when there is none."""
    return str(milliseconds(ballot.changed_at)) if ballot else ""


def edit(member: Viewer, proposal: Proposal) -> Verdict:
    """Whether this person may rewrite the proposal: its author, while nobody has voted and the vote is not over."""
    if member.id != proposal.author_id:
        return refused("Seule la personne qui a écrit cette proposition peut la modifier.")
    if proposal.is_over():
        return refused(ENDED)
    if proposal.hidden_at:
        return refused(HIDDEN)
    if proposal.voters_count:
        return refused("Une voix est déjà exprimée : la proposition ne change plus.")
    return groups.comment(member, proposal.group)


def read_ballots(member: Viewer, proposal: Proposal) -> Verdict:
    """Whether this person may read the ballots one by one, without names: who may see the results.

    Members may as soon as they do. Others once the vote is over: two copies taken during the vote would
    tell what was said between them, by whom gives reasons at that moment. And not where they are so few that a known
    opinion gives the rest of somebody's ballot away; a ballot of one mark is no more than the totals say.
    """
    seen = see_results(member, proposal)
    if not seen or groups.role_in(member, proposal.group):
        return seen
    if not proposal.is_over():
        return refused("Les bulletins, sans noms, se liront ici à la fin du vote.")
    if proposal.voters_count < FEW and not METHODS[proposal.method].single_mark:
        return refused(f"Moins de {FEW} bulletins : seuls les membres du groupe les lisent un à un.")
    return ALLOWED


def see_voices(member: Viewer, proposal: Proposal) -> Verdict:
    """Whether this person may see who voted what: who may see the results, and who belongs to the group."""
    if proposal.secret:
        return refused("Vote secret : personne ne peut savoir qui a voté quoi.")
    if groups.see_members(member, proposal.group):
        return see_results(member, proposal)
    return refused("Qui a voté quoi ne se voit qu’entre membres du groupe.")


def see_participants(member: Viewer, proposal: Proposal) -> Verdict:
    """Whether this person may see who took part in a secret vote: who sees the members, once it is over, and where so
    many voted that the result does not tell who said what."""
    if not proposal.secret:
        return see_voices(member, proposal)
    if not proposal.is_over():
        return refused("Qui a pris part se verra à la fin du vote.")
    if proposal.voters_count < FEW:
        return refused(f"Moins de {FEW} bulletins : qui a pris part ne se voit pas, le résultat en dirait trop.")
    return groups.see_members(member, proposal.group)


def see_own_voice(member: Viewer) -> Verdict:
    """Whether this person may look up what they voted: whoever can have voted."""
    return sign_in_first() if member.is_guest else ALLOWED


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
    """Whether this person may add an option: who may vote, from the proposal on, where its author lets them."""
    if not proposal.growing:
        return refused("Les options de ce vote sont celles de la proposition.")
    if proposal.hidden_at:
        return refused(HIDDEN)
    if proposal.is_over():
        return refused(ENDED)
    return groups.vote(member, proposal.group) and _in_electorate(member, proposal)


def cancel(member: Viewer, proposal: Proposal) -> Verdict:
    """Whether this person may cancel the vote: its author or who animates the group, before its end."""
    if proposal.is_over():
        return refused("Le vote est terminé : on n’annule pas un résultat.")
    return _answers_for(member, proposal)


def reopen(member: Viewer, proposal: Proposal) -> Verdict:
    """Whether this person may let an ended vote go on: who animates the group, and never one that was cancelled."""
    if not proposal.is_over():
        return refused("Ce vote n’est pas terminé.")
    if is_cancelled(proposal):
        return refused("Un vote annulé ne se rouvre pas : mettez une nouvelle proposition au vote.")
    if proposal.secret:
        return refused("Un vote secret ne se rouvre pas : ses résultats sont connus.")
    return refused(HIDDEN) if proposal.hidden_at else _animates(member, proposal.group)


def state_outcome(member: Viewer, proposal: Proposal) -> Verdict:
    """Whether this person may write what follows from the vote: its author or who animates the group, after its end."""
    if not proposal.is_over() or is_cancelled(proposal):
        return refused("On écrit ce qui suit d’un vote une fois qu’il est terminé.")
    return _answers_for(member, proposal)


def remind(member: Viewer, proposal: Proposal) -> Verdict:
    """Whether this person may remind those who have not voted: its author or who animates the group, while it runs.

    Once until the vote ends: the action sees to that.
    """
    if not proposal.is_open():
        return refused(ENDED)
    return _answers_for(member, proposal)


def is_cancelled(proposal: Proposal) -> bool:
    """Whether somebody ended it without a result."""
    return proposal.outcome is not None and json.loads(proposal.outcome)["status"] == CANCELLED


def count_by_hand(member: Viewer, proposal: Proposal) -> Verdict:
    """Whether this person may enter what a room counted by hand: who animates the group, where options are counted."""
    if METHODS[proposal.method].form != "ticks":
        return refused("Ce vote ne se compte pas à main levée : on y note ou l’on y classe.")
    if is_cancelled(proposal) or proposal.is_coming():
        return refused("On entre ce qu’une salle a compté une fois le vote ouvert, s’il n’est pas annulé.")
    return _animates(member, proposal.group)


def record_voice(member: Viewer, proposal: Proposal, recorded: int) -> Verdict:
    """Whether this person may record voices received by telephone, or correct them; `recorded`: for how many others.

    Only who sees the members may: trying names would otherwise tell who belongs. Not where a ballot is final or secret,
    which nobody could then replace, nor where each has to say why, which nobody says for another.
    """
    if not proposal.is_open():
        return refused(ENDED)
    if proposal.final or proposal.secret or proposal.reasons == "required":
        return refused("Pour ce vote chaque personne vote elle-même : il est secret, définitif, ou à motiver.")
    if recorded >= MOST_RECORDED:
        return refused(FULL)
    return groups.see_members(member, proposal.group) and groups.comment(member, proposal.group)


def withdraw_voice(member: Viewer, proposal: Proposal, ballot: Ballot | None) -> Verdict:
    """Whether this person may take back this ballot of theirs: one that somebody else recorded, while the vote runs."""
    if not proposal.is_open():
        return refused(ENDED)
    if ballot is None or ballot.recorded_by_id is None:
        return refused("Personne n’a noté de voix pour vous sur cette proposition.")
    return ALLOWED


def _answers_for(member: Viewer, proposal: Proposal) -> Verdict:
    """The author, as long as they belong to the group, and its animators; nobody while it is hidden."""
    if proposal.hidden_at:
        return refused(HIDDEN)
    if member.id == proposal.author_id:
        return groups.comment(member, proposal.group)
    return _animates(member, proposal.group)


def _animates(member: Viewer, group: Group) -> Verdict:
    if groups.role_in(member, group) != "animator":
        return refused("Cela revient aux personnes qui animent le groupe.")
    return groups.comment(member, group)


def _in_electorate(member: Viewer, proposal: Proposal) -> Verdict:
    """For a member of the group. Who left and came back belongs since they came back."""
    if proposal.electorate == "before":
        mine = Membership.group == proposal.group_id, Membership.member == member.id
        since = Membership.created_at <= proposal.opens_at
        return ALLOWED if Membership.select().where(*mine, since).exists() else refused(NEWCOMER)
    if proposal.electorate == "named":
        named = Voter.select().where(Voter.proposal == proposal.id, Voter.member == member.id)
        return ALLOWED if named.exists() else refused(NOT_NAMED)
    return ALLOWED
