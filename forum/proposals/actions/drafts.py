"""Putting a proposal to the vote, and rewriting it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forum import limits
from forum.accounts.models import Viewer
from forum.database.clock import now
from forum.database.idempotency import act_key, sent_before
from forum.database.transactions import transaction
from forum.discussions.models import Discussion
from forum.errors import Invalid, check
from forum.groups import queries as groups
from forum.groups.models import Group
from forum.groups.texts import rendered
from forum.proposals import queries, rules
from forum.proposals.actions.closing import close_on_time
from forum.proposals.actions.opening import open_on_time
from forum.proposals.actions.terms import USUAL, Terms, read_terms
from forum.proposals.methods import METHODS, USUAL_METHOD
from forum.proposals.methods.method import Method
from forum.proposals.methods.shapes import Options, Settings
from forum.proposals.models import Option, Proposal, ProposalTag, Voter
from forum.tags import actions as tags
from forum.tasks import journal
from forum.text import fields, markdown
from forum.text.typed import many_lines

LONGEST_TITLE = 200

MOST_TAGS = 8


@dataclass(frozen=True)
class Draft:
    """A proposal as it was typed: texts, the terms of the vote, and in `settings` the fields of the method. `seen` is
    how many options there were when its author began to rewrite it, None where that does not matter."""

    title: str
    body: str = ""
    method: str = USUAL_METHOD
    options: str = ""
    closes_at: str = ""
    terms: Terms = USUAL
    tag_names: tuple[str, ...] = ()
    settings: Mapping[str, str] | None = None
    once: str = ""
    seen: int | None = None


@dataclass(frozen=True)
class ReadDraft:
    """What a draft means: columns of the proposal, its options, the ids of the people named to vote."""

    columns: dict[str, Any]
    options: Options
    named: list[int]


def propose(member: Viewer, group: Group, draft: Draft, discussion: Discussion | None = None) -> Proposal:
    """Put a proposal to the vote of a group; its tags are `tag_names` and the hashtags of its body.

    Sent twice (the same `once` and words, or the same words within a minute), it is put once and returned again.
    Raises Refused, Invalid (title, body, method, options, closes_at, tags, the terms, the fields of the method).
    """
    rules.propose(member, group).require()
    if discussion is not None:
        rules.propose_from(member, discussion).require()
    read = _read(member, group, draft)
    limits.limit_member(member, "open")
    limits.refuse_copies(member, group.id, read.columns["body"])
    with transaction():
        group = groups.lock(group)
        rules.propose(member, group).require()
        title, body = read.columns["title"], read.columns["body"]
        once = act_key(draft.once, group.id, title, body)
        same = (Proposal.group == group.id) & (Proposal.title == title) & (Proposal.body == body)
        return sent_before(member, Proposal, once, same) or _open(member, group, discussion, read, draft, once)


def edit(member: Viewer, proposal: Proposal, draft: Draft) -> None:
    """Rewrite a proposal that nobody has voted on yet.

    Raises Refused, Invalid as `propose`, and on `options` when members added some since it was `seen`.
    """
    with transaction():
        proposal = queries.lock(proposal)
        rules.edit(member, proposal).require()
        read = _read(member, proposal.group, draft, proposal)
        check(options=_added_since(proposal, read.options, draft.seen))
        changed = {**read.columns, "edited_at": now(), "revision": Proposal.revision + 1}
        Proposal.update(changed).where(Proposal.id == proposal.id).execute()
        for old in (Option, ProposalTag, Voter):
            old.delete().where(old.proposal == proposal.id).execute()
        _set_parts(proposal, read, draft)
        journal.record("proposal.edited", actor=member, group=proposal.group, subject=("proposal", proposal.id))
        _begin(queries.lock(proposal))


def _added_since(proposal: Proposal, options: Options, seen: int | None) -> str | None:
    """A sentence when members added options while its author was writing, which they would lose unread."""
    if seen is None:
        return None
    added = sorted(queries.options_of(proposal), key=lambda option: option.id)[seen:]
    lost = [option.label for option in added if option.label not in options.values()]
    if not lost:
        return None
    return (
        f"Ajouté depuis par des membres\u00a0: {', '.join(lost)}. Reprenez ce que vous gardez, puis envoyez de nouveau."
    )


def _open(
    member: Viewer, group: Group, discussion: Discussion | None, read: ReadDraft, draft: Draft, once: str | None
) -> Proposal:
    born = {"group": group, "discussion": discussion, "author": member, "once": once}
    proposal = Proposal.create(**born, **read.columns)
    _set_parts(proposal, read, draft)
    Group.update(last_activity_at=proposal.created_at).where(Group.id == group.id).execute()
    journal.record("proposal.opened", actor=member, group=group, subject=("proposal", proposal.id))
    _begin(proposal)
    return proposal


def _begin(proposal: Proposal) -> None:
    """Fix the electorate, or count it for now, and make the appointments with the clock."""
    proposal.eligible_count = queries.electorate_now(proposal)
    proposal.opened_at = None if proposal.is_coming() else now()
    noted = {"eligible_count": proposal.eligible_count, "opened_at": proposal.opened_at}
    Proposal.update(noted).where(Proposal.id == proposal.id).execute()
    if proposal.is_coming():
        open_on_time.schedule((proposal.id,), eta=proposal.opens_at)
    close_on_time.schedule((proposal.id,), eta=proposal.closes_at)


def _read(member: Viewer, group: Group, draft: Draft, present: Proposal | None = None) -> ReadDraft:
    """What a draft means, for a new proposal or the `present` one. Raises Invalid with every field that is wrong."""
    method = METHODS.get(draft.method)
    if method is None:
        raise Invalid({"method": "Choisissez une façon de voter."})
    body = many_lines(draft.body)
    settings, options, problems = _read_method(method, draft)
    terms = read_terms(member, group, method, draft.terms, draft.closes_at, present)
    check(
        title=fields.line_problem(draft.title, LONGEST_TITLE),
        body=fields.body_problem(body, markdown.LONGEST, least=0),
        tags=tags.names_problem(draft.tag_names, MOST_TAGS),
        **terms.problems,
        **problems,
    )
    columns = {
        "title": draft.title.strip(),
        "body": body,
        "body_html": rendered(member, group, body),
        "renderer": markdown.RENDERER,
        "method": method.name,
        "settings": json.dumps(dict(settings)),
        **terms.columns,
    }
    return ReadDraft(columns, options, terms.named)


def _read_method(method: Method, draft: Draft) -> tuple[Settings, Options, dict[str, str]]:
    settings, wrong_settings = method.read_settings(draft.settings or {})
    options, wrong_options = method.read_options(draft.options)
    wrong = {**wrong_settings, **wrong_options}
    return settings, options, wrong or method.misfit(settings, options)


def _set_parts(proposal: Proposal, read: ReadDraft, draft: Draft) -> None:
    _set_options(proposal, read.options)
    _set_tags(proposal, draft)
    if read.named:
        Voter.insert_many([{"proposal": proposal.id, "member": person} for person in read.named]).execute()


def _set_options(proposal: Proposal, options: Options) -> None:
    rows = [{"proposal": proposal.id, "name": name, "label": label} for name, label in options.items()]
    Option.insert_many([{**row, "position": position} for position, row in enumerate(rows, 1)]).execute()


def _set_tags(proposal: Proposal, draft: Draft) -> None:
    names = tags.with_hashtags(draft.tag_names, draft.body)
    tags.attach(ProposalTag, names, proposal.group.sandbox, proposal=proposal.id)
