"""Who may read a proposal, its results, and its ballots."""

from peewee import Expression

from forum.accounts.models import Viewer
from forum.database.tables import HasId
from forum.errors import ALLOWED, Verdict, refused, sign_in_first
from forum.groups import rules as groups
from forum.proposals import secrecy
from forum.proposals.methods import METHODS
from forum.proposals.models import Ballot, Proposal, SecretParticipant, SecretVote

# Below so many ballots a stranger is not given them one by one, where they tell more than the totals do.
FEW = 5


def readable_by(member: HasId) -> Expression:
    """The proposals this person may read, as a condition on the group joined to them: as what is said in the group."""
    return groups.content_readable_by(member)


def readable_alone(member: HasId) -> Expression:
    """As `readable_by`, where there are thousands to count: their groups are not joined."""
    return Proposal.group.not_in(groups.content_unreadable_by(member))


def see_voters(member: Viewer, proposal: Proposal) -> Verdict:
    """Whether this person may see who was named to vote: whoever sees the members."""
    return groups.see_members(member, proposal.group)


def see_results(member: Viewer, proposal: Proposal, voted: bool | None = None) -> Verdict:
    """Whether this person may see counts, shares, reasons and marks; how many voted is no result.

    Everything that shows a result asks here: pages, cards, fragments, JSON, CSV, feeds, notices. `voted` says whether
    they have voted, where that is known; otherwise it is asked, and only where it matters.
    """
    if proposal.hidden_at:
        # They repeat the words of the options.
        return refused("Cette proposition est masquée : ses résultats se verront si elle est rétablie.")
    if proposal.secret and proposal.is_over() and not proposal.closed_at:
        return refused("Le dépouillement est en cours : le résultat sera ici dans une minute.")
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
        took = SecretParticipant.proposal == proposal.id, SecretParticipant.member == member.id
        return SecretVote.select().where(SecretVote.mark == secrecy.mark_of(proposal, member.id)).exists() or (
            proposal.closed_at is not None and SecretParticipant.select().where(*took).exists()
        )
    return Ballot.select().where(Ballot.proposal == proposal.id, Ballot.voter == member.id).exists()


def read_ballots(member: Viewer, proposal: Proposal) -> Verdict:
    """Whether this person may read the ballots one by one, without names: whoever may see the results.

    Members may as soon as they do. Others once the vote is over: two copies taken during the vote would
    tell what was said between them, by whom gives reasons at that moment. And not where they are so few that a known
    opinion gives the rest of somebody's ballot away; a ballot of one mark is no more than the totals say.
    """
    verdict = see_results(member, proposal)
    if not verdict or groups.belongs(member, proposal.group):
        return verdict
    if not proposal.is_over():
        return refused("Les bulletins, sans noms, se liront ici à la fin du vote.")
    if proposal.voters_count < FEW and not METHODS[proposal.method].single_mark:
        return refused(f"Moins de {FEW} bulletins : seuls les membres du groupe les lisent un à un.")
    return ALLOWED


def see_voices(member: Viewer, proposal: Proposal) -> Verdict:
    """Whether this person may see who voted what: whoever may see the results, and belongs to the group."""
    if proposal.secret:
        return refused("Vote secret : personne ne peut savoir qui a voté quoi.")
    if groups.see_members(member, proposal.group):
        return see_results(member, proposal)
    return refused("Qui a voté quoi ne se voit qu’entre membres du groupe.")


def see_participants(member: Viewer, proposal: Proposal) -> Verdict:
    """Whether this person may see who took part in a secret vote: whoever sees the members, once it is over, and where
    so many voted that the result does not tell who said what."""
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
