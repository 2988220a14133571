"""What can be reported, kind by kind: how it is found for a reader, and what it says at present."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from forum.accounts.models import Account, Viewer
from forum.accounts.queries import account_named
from forum.discussions import queries as discussions
from forum.discussions.models import Comment, Discussion
from forum.errors import NotFound
from forum.groups import queries as groups
from forum.groups.models import Group
from forum.initiatives import queries as initiatives
from forum.initiatives.models import Initiative
from forum.proposals import queries as proposals
from forum.proposals.models import Ballot, Option, Proposal
from forum.proposals.rules import see_results


@dataclass(frozen=True)
class Subject:
    """A thing as it stands now: its words, its group (None for a pseudonym), who wrote it, and where it is read."""

    kind: str
    id: int
    key: str
    group: Group | None
    concerned_id: int | None
    title: str
    body_html: str
    address: str
    hidden: bool

    @property
    def digest(self) -> str:
        """Another one as soon as a word changed."""
        return hashlib.sha256(f"{self.title}\n{self.body_html}".encode()).hexdigest()


@dataclass(frozen=True)
class Kind:
    """A kind of subject. `noun` stands in addresses, `this` and `a` in sentences.

    `find` gives the row of a key, read for somebody, or raises NotFound; `row` the row of an id, whoever asks, or None.
    """

    noun: str
    this: str
    a: str
    find: Callable
    row: Callable
    read: Callable[..., Subject]


def find(member: Viewer, noun: str, key: str) -> Subject:
    """The subject of this address, as this person may read it. Raises NotFound."""
    kind = next((kind for kind in KINDS.values() if kind.noun == noun), None)
    if kind is None:
        raise NotFound
    return kind.read(kind.find(member, key))


def present(kind: str, subject_id: int) -> Subject | None:
    """The subject as it stands, whoever may read it; None when it is gone."""
    row = KINDS[kind].row(subject_id)
    return KINDS[kind].read(row) if row is not None else None


def _discussion(row: Discussion) -> Subject:
    place = row.id, row.key, row.group, row.author_id
    return Subject("discussion", *place, row.title, row.body_html, row.address, bool(row.hidden_at))


def _comment(row: Comment) -> Subject:
    place = row.id, row.key, row.discussion.group, row.author_id
    return Subject("comment", *place, "", row.body_html, f"/c/{row.key}", bool(row.hidden_at))


def _proposal(row: Proposal) -> Subject:
    labels = Option.select(Option.label).where(Option.proposal == row.id).order_by(Option.position)
    options = "".join(f"<li>{escape(option.label)}</li>" for option in labels)
    place = row.id, row.key, row.group, row.author_id
    said = f"{row.body_html}<ul>{options}</ul>"
    return Subject("proposal", *place, row.title, said, f"/p/{row.key}", bool(row.hidden_at))


def _initiative(row: Initiative) -> Subject:
    more = "".join(f"<p>{escape(line)}</p>" for line in (row.place, row.help_wanted, row.cancelled_why) if line)
    place = row.id, row.key, row.group, row.author_id
    return Subject("initiative", *place, row.title, row.body_html + more, f"/i/{row.key}", bool(row.hidden_at))


def _reason(row: Ballot) -> Subject:
    key, author = f"{row.proposal.key}.{row.voter.username}", row.voter_id
    address = f"/p/{row.proposal.key}#raisons"
    return Subject("reason", row.id, key, row.proposal.group, author, "", row.reason_html, address, bool(row.hidden_at))


def _group(row: Group) -> Subject:
    place = row.id, row.handle, row, None
    title = f"#{row.handle}, {row.name}"
    return Subject("group", *place, title, row.description_html, f"/g/{row.handle}", bool(row.hidden_at))


def _account(row: Account) -> Subject:
    return Subject("account", row.id, row.username, None, row.id, row.username, "", "", False)


def _find_reason(member: Viewer, key: str) -> Ballot:
    """The reason of a ballot bears the key of its proposal and its author's pseudonym, as it is published."""
    proposal_key, _, username = key.partition(".")
    proposal, voter = proposals.proposal_for(member, proposal_key), account_named(username)
    if voter is None or not see_results(member, proposal):
        raise NotFound
    ballot = Ballot.get_or_none(Ballot.proposal == proposal.id, Ballot.voter == voter.id, Ballot.reason != "")
    if ballot is None:
        raise NotFound
    ballot.proposal, ballot.voter = proposal, voter
    return ballot


def _find_account(member: Viewer, username: str) -> Account:
    found = account_named(username)
    if found is None or not found.password_hash:
        raise NotFound
    return found


def _by_id(model) -> Callable:
    return lambda subject_id: model.get_or_none(model.id == subject_id)


KINDS = {
    "discussion": Kind(
        "discussion", "cette discussion", "une discussion", discussions.discussion_for, _by_id(Discussion), _discussion
    ),
    "comment": Kind("message", "ce message", "un message", discussions.comment_for, _by_id(Comment), _comment),
    "proposal": Kind(
        "proposition", "cette proposition", "une proposition", proposals.proposal_for, _by_id(Proposal), _proposal
    ),
    "initiative": Kind(
        "initiative",
        "cette initiative",
        "une initiative",
        initiatives.initiative_for,
        _by_id(Initiative),
        _initiative,
    ),
    "reason": Kind("raison", "ces raisons de vote", "les raisons d’un vote", _find_reason, _by_id(Ballot), _reason),
    "group": Kind("groupe", "ce groupe", "un groupe", groups.group_for, _by_id(Group), _group),
    "account": Kind("pseudonyme", "ce pseudonyme", "un pseudonyme", _find_account, _by_id(Account), _account),
}


def author_of(subject: Subject) -> str:
    """The pseudonym of whoever wrote a text read for somebody, '' where nobody in particular did."""
    if subject.concerned_id is None or subject.kind == "account":
        return ""
    return Account.get_by_id(subject.concerned_id).username
