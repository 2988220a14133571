"""The reasons of a ballot that bears a name; what they said before they were changed is hidden with them."""

from forum.accounts.models import Viewer
from forum.accounts.queries import account_named
from forum.database.clock import now
from forum.errors import NotFound
from forum.moderation.kinds.kind import Kept, Kind, Subject
from forum.moderation.kinds.words import put, take, text_of
from forum.proposals.models import Ballot, BallotChange
from forum.proposals.queries import proposal_for
from forum.proposals.rules import see_results, see_voices
from forum.text.typed import parse_whole

# No pseudonym begins with it.
UNNAMED = "="


def _find(member: Viewer, key: str) -> Ballot:
    """The key is that of the proposal, then "=" and the number of the ballot; or its author's pseudonym, for whoever
    may see who voted what."""
    proposal_key, _, whose = key.partition(".")
    proposal = proposal_for(member, proposal_key)
    named = account_named(whose) if see_voices(member, proposal) else None
    mine = Ballot.voter == named.id if named else Ballot.id == (parse_whole(whose.removeprefix(UNNAMED)) or 0)
    ballot = Ballot.get_or_none(Ballot.proposal == proposal.id, mine, Ballot.reason != "")
    if ballot is None or not (named or whose.startswith(UNNAMED)) or not see_results(member, proposal):
        raise NotFound
    ballot.proposal = proposal
    return ballot


def _read(row: Ballot) -> Subject:
    key, author = f"{row.proposal.key}.{UNNAMED}{row.id}", row.voter_id
    address = f"/p/{row.proposal.key}#raisons"
    return Subject(REASON, row.id, key, row.proposal.group, author, "", row.reason_html, address, bool(row.hidden_at))


def _hide(row_id: int, notice: str) -> Kept:
    kept = take(Ballot, row_id, ("reason", "reason_html", "renderer"))
    changes = BallotChange.select().where(BallotChange.ballot == row_id)
    kept["changes"] = {change.id: change.reason for change in changes}
    _put_changes(dict.fromkeys(kept["changes"], ""))
    text = text_of(notice)
    said = {"reason": text["body"], "reason_html": text["body_html"], "renderer": text["renderer"]}
    put(Ballot, row_id, said, hidden_at=now())
    return kept


def _restore(row_id: int, kept: Kept) -> None:
    _put_changes({int(change_id): reason for change_id, reason in kept.pop("changes").items()})
    put(Ballot, row_id, kept, hidden_at=None)


def _put_changes(reasons: dict[int, str]) -> None:
    for change_id, reason in reasons.items():
        put(BallotChange, change_id, {"reason": reason})


REASON = Kind(
    name="reason",
    noun="raison",
    this="ces raisons de vote",
    a="les raisons d’un vote",
    of_a="des raisons d’un vote",
    a_hidden="les raisons d’un vote masquées",
    this_is_hidden="ces raisons de vote ont été masquées",
    yours_is_hidden="les raisons de votre vote sont masquées",
    desk="group",
    model=Ballot,
    find=_find,
    read=_read,
    hide=_hide,
    restore=_restore,
)
