"""What the page of a proposal shows of its life besides the vote, and what its reader may do about it."""

from dataclasses import dataclass

from forum.accounts.models import Viewer
from forum.errors import Verdict
from forum.proposals import rules
from forum.proposals.models import Closing, Proposal, Reminder, RoomCount, Statement
from forum.proposals.queries.delegations import count_by_telephone
from forum.proposals.queries.ends import closings, reminded, statement_of
from forum.proposals.queries.rooms import rooms


@dataclass(frozen=True)
class Lifecycle:
    """`closings` are those that were undone by reopening; `sha256` is the fingerprint of the minutes that stand, ''
    when there is none. A fingerprint is for whoever may read the ballots (`can_read`). `checkable`: there
    are minutes to be read."""

    closings: list[Closing]
    sha256: str
    statement: Statement | None
    reminded: Reminder | None
    checkable: bool
    can_read: Verdict
    can_see_voices: Verdict
    can_see_participants: Verdict
    rooms: list[RoomCount]
    recorded: int
    can_count: Verdict
    can_record: Verdict
    can_cancel: Verdict
    can_reopen: Verdict
    can_state: Verdict
    can_remind: Verdict

    @property
    def can_act(self) -> bool:
        """Whether there is anything to offer this reader."""
        return any((self.can_count, self.can_record, self.can_cancel, self.can_reopen, self.can_state, self.can_remind))


def lifecycle_of(member: Viewer, proposal: Proposal, can_see: Verdict) -> Lifecycle:
    """`can_see`: whether they may see the results. Costs one question for how it ended, one for what follows once it is
    over, one for whoever may remind."""
    # Closings repeat the words of the options, and what follows is written about them.
    ends = [] if proposal.hidden_at else closings(proposal)
    over, can_remind = proposal.closed_at is not None and not proposal.hidden_at, rules.remind(member, proposal)
    can_read = rules.read_ballots(member, proposal)
    return Lifecycle(
        closings=[end for end in ends if end.reopened_at],
        sha256=ends[-1].sha256 if over and ends and can_read else "",
        statement=statement_of(proposal) if over or ends else None,
        reminded=reminded(proposal) if can_remind else None,
        checkable=can_see.allowed and not proposal.is_coming(),
        can_read=can_read,
        can_see_voices=rules.see_voices(member, proposal),
        can_see_participants=rules.see_participants(member, proposal),
        rooms=rooms(proposal) if can_see else [],
        recorded=count_by_telephone(proposal),
        can_count=rules.count_by_hand(member, proposal),
        can_record=rules.record_voice(member, proposal, 0),
        can_cancel=rules.cancel(member, proposal),
        can_reopen=rules.reopen(member, proposal),
        can_state=rules.state_outcome(member, proposal),
        can_remind=can_remind,
    )
