"""What is kept of a secret ballot: that somebody voted, under a mark that the site alone can make again; and, apart
from it, how many ballots say the same. Nothing links the two, and once the vote is over nobody can make the mark again:
the vote's own key is gone (docs/decisions/0029)."""

import secrets
from collections.abc import Mapping

from forum.proposals.models import Proposal, SecretUrn
from forum.tasks import signing


def new_key() -> str:
    """A key for one vote, 256 bits."""
    return secrets.token_urlsafe(32)


def marks_of(proposal: Proposal, account_ids: list[int]) -> dict[str, int]:
    """The marks under which it is kept that these people voted: without the site's secret and the key of the vote
    nobody tells whose they are. Votes that began before they had keys go without."""
    urn = SecretUrn.get_or_none(SecretUrn.proposal == proposal.id)
    key = f"{urn.key} {proposal.key}" if urn else proposal.key
    return {signing.keyed("secret vote", f"{key} {account_id}"): account_id for account_id in account_ids}


def mark_of(proposal: Proposal, account_id: int) -> str:
    """The mark of one person."""
    return next(iter(marks_of(proposal, [account_id])))


def written(marks: Mapping[str, int]) -> str:
    """What a ballot says, in one text, the same for the same marks: "agree:1", "1:3 2:0"."""
    return " ".join(f"{name}:{value}" for name, value in sorted(marks.items()))


def read(text: str) -> dict[str, int]:
    """The marks meant by such a text. The name of a date holds colons itself ("2099-12-05T20:00:2")."""
    return {name: int(value) for name, value in (part.rsplit(":", 1) for part in text.split())}
