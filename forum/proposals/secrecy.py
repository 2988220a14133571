"""What is kept of a secret ballot: that somebody voted, under a mark that the site alone can make again; and, apart
from it, how many ballots say the same. Nothing links the two."""

from collections.abc import Mapping

from forum.proposals.models import Proposal
from forum.tasks import signing


def mark_of(proposal: Proposal, account_id: int) -> str:
    """The mark under which it is kept that this person voted: without the site's secret nobody tells whose it is."""
    return signing.keyed("secret vote", f"{proposal.key} {account_id}")


def written(marks: Mapping[str, int]) -> str:
    """What a ballot says, in one text, the same for the same marks: "agree:1", "1:3 2:0"."""
    return " ".join(f"{name}:{value}" for name, value in sorted(marks.items()))


def read(text: str) -> dict[str, int]:
    """The marks meant by such a text. The name of a date holds colons itself ("2099-12-05T20:00:2")."""
    return {name: int(value) for name, value in (part.rsplit(":", 1) for part in text.split())}
