"""What can be reported, kind by kind. A new one is one file with its record, `kind.Kind`, and one line here."""

from forum.accounts.models import Account, Viewer
from forum.errors import NotFound
from forum.groups import rules as groups
from forum.moderation.kinds.account import ACCOUNT as ACCOUNT
from forum.moderation.kinds.comment import COMMENT
from forum.moderation.kinds.discussion import DISCUSSION
from forum.moderation.kinds.group import GROUP
from forum.moderation.kinds.initiative import INITIATIVE
from forum.moderation.kinds.kind import Kind as Kind, Subject as Subject
from forum.moderation.kinds.proposal import PROPOSAL
from forum.moderation.kinds.reason import REASON

KINDS: dict[str, Kind] = {
    kind.name: kind for kind in (DISCUSSION, COMMENT, PROPOSAL, INITIATIVE, REASON, GROUP, ACCOUNT)
}


def find(member: Viewer, noun: str, key: str) -> Subject:
    """The subject of this address, as this person may read it. Raises NotFound."""
    kind = next((kind for kind in KINDS.values() if kind.noun == noun), None)
    if kind is None:
        raise NotFound
    return kind.read(kind.find(member, key))


def present(kind_name: str, subject_id: int) -> Subject | None:
    """The subject as it stands, whoever may read it; None when it is gone."""
    kind = KINDS[kind_name]
    row = kind.model.get_or_none(id=subject_id)
    return kind.read(row) if row is not None else None


def author_of(member: Viewer, subject: Subject) -> str:
    """The pseudonym of whoever wrote a text read for somebody, '' where nobody in particular did, or where they may
    not know it: whose the reasons of a vote are tells what that person voted."""
    if subject.concerned_id is None or subject.group is None:
        return ""
    if subject.kind is REASON and not groups.see_members(member, subject.group):
        return ""
    return Account.get_by_id(subject.concerned_id).username
