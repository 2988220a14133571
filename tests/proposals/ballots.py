"""Proposals and voters for tests."""

from forum.accounts.models import Account
from forum.groups import actions as groups
from forum.proposals import actions
from forum.proposals.models import Proposal
from tests.world import HASH, group, member, seen_on


def put(handle: str = "insoumis-087", by: str = "Alice", **fields) -> Proposal:
    """A proposal put to the vote of a group."""
    draft = actions.Draft(**{"title": "Tenir un stand au marché", "body": "Un samedi sur deux.", **fields})
    if draft.terms.secret:
        enough_for_a_secret(handle)
    return actions.propose(member(by), group(handle), draft)


def enough_for_a_secret(handle: str = "insoumis-087") -> None:
    """Five members at least: fewer may not vote in secret."""
    missing = 5 - group(handle).members_count
    names = [f"Gravier{number}" for number in range(missing)]
    for name in names:
        person = Account.create(username=name, username_key=name.lower(), password_hash=HASH)
        groups.join(person, group(handle))


def newcomers(number: int, handle: str = "insoumis-087", start: int = 0) -> list[Account]:
    """So many new members of a group."""
    names = [f"Galet{i}" for i in range(start, start + number)]
    people = [Account.create(username=name, username_key=name.lower(), password_hash=HASH) for name in names]
    for person in people:
        groups.join(person, group(handle))
    return people


def seen_by(visitor, proposal: Proposal, path: str = "") -> str:
    """The same of a page of a proposal that is opened now."""
    return seen_on(visitor.get(f"/p/{proposal.key}{path}"))
